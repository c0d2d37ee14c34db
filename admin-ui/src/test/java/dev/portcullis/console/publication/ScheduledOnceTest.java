package dev.portcullis.console.publication;

import static dev.portcullis.database.gateway.Tables.POLICY_VERSIONS;
import static dev.portcullis.database.gateway.Tables.PROPOSALS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.policy.Expectation;
import dev.portcullis.console.policy.OwnRego;
import dev.portcullis.console.policy.Publication;
import dev.portcullis.console.policy.PublicationOrder;
import dev.portcullis.console.publication.query.ProposalQuery;
import dev.portcullis.console.publication.store.ProposalStore;
import dev.portcullis.console.setup.FirstStart;
import dev.portcullis.database.TestDatabase;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Two consoles on one database, whatever one of them does in between.
class ScheduledOnceTest {
    private final TestDatabase database = TestDatabase.create();
    private final ProposalStore one = new ProposalStore(database.dataSource());
    private final ProposalStore other = new ProposalStore(database.dataSource());
    private final DSLContext sql = DSL.using(database.dataSource(), SQLDialect.POSTGRES);
    private long due;

    @BeforeEach
    void schedule() {
        FirstStart.publishFirst(database.dataSource(), RunningConsole.DOCUMENT.formatted("first"), "first");
        var order = new PublicationOrder(
                Publication.of(RunningConsole.DOCUMENT.formatted("scheduled"), "scheduled", "ada")
                        .with(OwnRego.none()),
                List.of(Expectation.of("version-1")));
        due = one.add(order, "ada", Optional.of(OffsetDateTime.now().minusSeconds(1)), Optional.empty())
                .id();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void consoleThatIsAtItKeepsTheOthersAway() {
        // Given
        var meanwhile = new ArrayList<Optional<Proposal>>();

        // When
        var done = one.carryOutNext(
                policy -> {
                    meanwhile.add(other.carryOutNext(late -> late.order("other"), "other"));
                    return policy.order("one");
                },
                "one");

        // Then
        assertThat(done.map(Proposal::id)).hasValue(due);
        assertThat(meanwhile).containsExactly(Optional.empty());
        assertThat(other.carryOutNext(policy -> policy.order("other"), "other")).isEmpty();
        assertThat(sql.fetchCount(POLICY_VERSIONS)).isEqualTo(2);
    }

    @Test
    void consoleThatDiesInBetweenLeavesItToTheNext() {
        // Given
        try {
            one.carryOutNext(
                    _ -> {
                        throw new StackOverflowError("a console that dies");
                    },
                    "one");
        } catch (Error e) {
            assertThat(sql.fetchCount(POLICY_VERSIONS)).isEqualTo(1);
        } catch (RuntimeException e) {
            assertThat(sql.fetchCount(POLICY_VERSIONS)).isEqualTo(1);
        }

        // When
        var done = other.carryOutNext(policy -> policy.order("other"), "other");

        // Then
        assertThat(done.map(Proposal::id)).hasValue(due);
        var published =
                new ProposalQuery(database.dataSource()).find(due).orElseThrow().proposal();
        assertThat(published.state()).isEqualTo(Proposal.State.PUBLISHED);
        assertThat(published.ending().orElseThrow().by()).isEqualTo("other");
        assertThat(sql.fetchCount(PROPOSALS)).isEqualTo(1);
    }
}

package dev.portcullis.proxy.sync;

import static dev.portcullis.database.gateway.Tables.KILLS;
import static dev.portcullis.database.gateway.Tables.KILL_ACKNOWLEDGEMENTS;
import static dev.portcullis.database.gateway.Tables.REPLICAS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.database.TestDatabase;
import dev.portcullis.policy.Kill;
import dev.portcullis.policy.KillScope;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.ReadResult;
import dev.portcullis.policy.engine.EmbeddedDecisionPoint;
import dev.portcullis.proxy.fixture.TestClock;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What a kill's acknowledgements prove when two replicas were given one name, as two on one host are when nobody names
/// them.
class ReplicaNameTest {
    private final TestDatabase database = TestDatabase.create();
    private final DSLContext sql = DSL.using(database.dataSource(), SQLDialect.POSTGRES);
    private final TestClock clock = new TestClock();
    private final Kill kill =
            new Kill(UUID.randomUUID(), KillScope.wholeOrganization(), "test", Optional.empty(), Optional.empty());

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void replicasOfOneNameDoNotAnswerForOneAnother() throws SQLException {
        // Given
        var one = new ReplicaHeartbeat("replica-1", clock);
        report(one);
        clock.advance(Duration.ofSeconds(2));
        var other = new ReplicaHeartbeat("replica-1", clock);
        engage();

        // When
        report(other, kill);
        var early = acknowledgements();
        clock.advance(Duration.ofSeconds(10));
        report(other, kill);
        report(one);

        // Then
        assertThat(early).containsExactly("replica-1");
        assertThat(replicas()).hasSize(2).contains("replica-1").anyMatch(name -> name.startsWith("replica-1~"));
        assertThat(acknowledgements()).containsExactly("replica-1");

        // When
        report(one, kill);

        // Then
        assertThat(acknowledgements()).containsExactlyInAnyOrderElementsOf(replicas());
    }

    @Test
    void replicaThatIsAloneKeepsItsName() throws SQLException {
        // Given
        var before = new ReplicaHeartbeat("replica-1", clock);
        report(before);
        clock.advance(Duration.ofSeconds(10));
        var again = new ReplicaHeartbeat("replica-1", clock);

        // When
        for (var i = 0; i < 3; i++) {
            report(again);
            clock.advance(Duration.ofSeconds(10));
        }

        // Then
        assertThat(replicas()).containsExactly("replica-1");
    }

    private void report(ReplicaHeartbeat heartbeat, Kill... kills) throws SQLException {
        try (var connection = database.dataSource().getConnection()) {
            heartbeat.report(
                    connection,
                    snapshot(List.of(kills)),
                    Set.of(kill.id()),
                    _ -> CutExchanges.NONE,
                    ReplicaCondition::usual);
        }
    }

    private static PolicySnapshot snapshot(List<Kill> kills) {
        var document = ((ReadResult.Valid) DocumentReader.read("""
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  one: {upstream: sandbox, profile: port, authentication: open}
                rules: []
                """)).document();
        return new PolicySnapshot(1, document, kills, EmbeddedDecisionPoint.compile(document, 1, kills, 1));
    }

    private void engage() {
        sql.insertInto(KILLS)
                .set(KILLS.ID, kill.id())
                .set(KILLS.SCOPE, JSONB.jsonb("{\"organization\": true}"))
                .set(KILLS.REASON, "test")
                .set(KILLS.ENGAGED_BY, "admin")
                .execute();
    }

    private List<String> replicas() {
        return sql.select(REPLICAS.REPLICA).from(REPLICAS).fetch(REPLICAS.REPLICA);
    }

    private List<String> acknowledgements() {
        return sql.select(KILL_ACKNOWLEDGEMENTS.REPLICA)
                .from(KILL_ACKNOWLEDGEMENTS)
                .fetch(KILL_ACKNOWLEDGEMENTS.REPLICA);
    }
}

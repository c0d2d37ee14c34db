package dev.portcullis.console.storage;

import static dev.portcullis.database.audit.Tables.ADMIN_EVENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portcullis.console.storage.query.PartQuery;
import dev.portcullis.console.storage.query.RetentionQuery;
import dev.portcullis.console.storage.store.PartStore;
import dev.portcullis.console.storage.store.RetentionStore;
import dev.portcullis.database.TestDatabase;
import dev.portcullis.ledger.SigningKey;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

class RetentionStoreTest {
    private static final Retention SHORT = new Retention(days(90), Map.of("acme", days(30), "law", Optional.empty()));

    private TestDatabase database;
    private DSLContext sql;
    private RetentionStore store;
    private RetentionQuery query;

    @BeforeEach
    void create() {
        database = TestDatabase.create();
        sql = DSL.using(database.dataSource(), SQLDialect.POSTGRES);
        store = new RetentionStore(database.dataSource());
        query = new RetentionQuery(database.dataSource());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void recordsAreKeptForEverUntilSomebodySaysOtherwise() {
        var setting = query.setting();

        assertThat(setting.retention()).isEqualTo(Retention.forEver());
        assertThat(setting.changed()).isEmpty();
        assertThat(setting.tag()).isEqualTo("retention-0");
    }

    @Test
    void changeIsReadBackAndRecordedWithBeforeAndAfter() {
        // Given
        store.change(new RetentionOrder(SHORT, "first"), "ada", Set.of());
        var other = new Retention(Optional.empty(), Map.of("acme", days(7)));

        // When
        var changed = store.change(new RetentionOrder(other, " second "), "bob", Set.of("retention-1"));

        // Then
        assertThat(changed).contains(query.setting());
        assertThat(query.setting().retention()).isEqualTo(other);
        assertThat(query.setting().tag()).isEqualTo("retention-2");
        assertThat(query.setting().changed()).hasValueSatisfying(change -> {
            assertThat(change.by()).isEqualTo("bob");
            assertThat(change.reason()).isEqualTo("second");
        });
        assertThat(events())
                .containsExactly(
                        "ada retention {\"after\": \"90d; acme: 30d; law: forever\", \"before\": \"forever\", \"reason\": \"first\"}",
                        "bob retention {\"after\": \"forever; acme: 7d\", \"before\": \"90d; acme: 30d; law: forever\", \"reason\": \"second\"}");
    }

    @Test
    void changeOfWhatSomebodyElseHasChangedIsNotWritten() {
        // Given
        store.change(new RetentionOrder(SHORT, "first"), "ada", Set.of());
        var before = query.setting();

        // When
        var changed = store.change(new RetentionOrder(Retention.forEver(), "late"), "bob", Set.of("retention-0"));

        // Then
        assertThat(changed).isEmpty();
        assertThat(query.setting()).isEqualTo(before);
        assertThat(events()).hasSize(1);
    }

    @Test
    void ofManyWhoChangeTheSameOneIsFirst() {
        // When
        var changes = Stream.of("ada", "bob", "cem", "dia")
                .map(actor -> CompletableFuture.supplyAsync(
                        () -> store.change(new RetentionOrder(SHORT, actor), actor, Set.of("retention-0"))))
                .toList();

        // Then
        assertThat(changes.stream().map(CompletableFuture::join).filter(Optional::isPresent))
                .hasSize(1);
        assertThat(query.setting().revision()).isEqualTo(1);
        assertThat(events()).hasSize(1);
    }

    @Test
    void withoutItsEventThereIsNoChange() {
        // Given
        sql.execute("alter table audit.admin_events add check (event <> 'retention.changed')");

        // Then
        assertThatThrownBy(() -> store.change(new RetentionOrder(SHORT, "x"), "ada", Set.of()))
                .isInstanceOf(DataAccessException.class);
        assertThat(query.setting().retention()).isEqualTo(Retention.forEver());
    }

    @Test
    void partIsDroppedByTheTermsOfTheMomentNotOfTheDecision() {
        // Given
        var part = oldPart();
        store.change(new RetentionOrder(SHORT, "short"), "ada", Set.of());

        // When it was found too old, and then somebody says that it is not
        store.change(new RetentionOrder(Retention.forEver(), "long"), "bob", Set.of());
        var dropped = drop(part);

        // Then
        assertThat(dropped).isEmpty();
        assertThat(parts()).contains(part);
    }

    @Test
    void partOfSomebodyWhoseTermWasMadeLongerStays() {
        // Given
        var part = oldPart();
        sql.execute("insert into audit.exchanges (id, occurred_at, replica, organization, decision, outcome)"
                + " values (gen_random_uuid(), '2025-01-14', 'r', 'law', 'allowed', 'succeeded')");
        store.change(new RetentionOrder(SHORT, "law for ever"), "ada", Set.of());

        // Then
        assertThat(drop(part)).isEmpty();

        // When
        store.change(new RetentionOrder(new Retention(days(90), Map.of()), "law, too"), "ada", Set.of());

        // Then
        assertThat(drop(part)).contains(1L);
    }

    @Test
    void changeWaitsForThePartThatIsBeingDropped() throws Exception {
        // When
        var changing = sql.transactionResult(dropping -> {
            assertThat(RetentionQuery.settled(dropping)).isEqualTo(Retention.forEver());
            var change =
                    CompletableFuture.supplyAsync(() -> store.change(new RetentionOrder(SHORT, "x"), "ada", Set.of()));
            await().until(() -> sql.fetchCount(DSL.table("pg_locks"), DSL.condition("not granted")) > 0);
            assertThat(change).isNotDone();
            return change;
        });

        // Then
        assertThat(changing.get(30, TimeUnit.SECONDS)).isPresent();
    }

    private Optional<Long> drop(Part part) {
        return new PartStore(database.dataSource(), SigningKey.generate())
                .drop(part, Optional.empty(), OffsetDateTime.now(), "system", "test");
    }

    private Part oldPart() {
        sql.execute("select audit.add_partition('2025-01-01')");
        return parts().stream()
                .filter(part -> part.name().equals("exchanges_2025_01"))
                .findFirst()
                .orElseThrow();
    }

    private List<Part> parts() {
        return new PartQuery(database.dataSource()).parts();
    }

    private List<String> events() {
        return sql.selectFrom(ADMIN_EVENTS)
                .where(ADMIN_EVENTS.EVENT.eq("retention.changed"))
                .orderBy(ADMIN_EVENTS.OCCURRED_AT)
                .fetch(event -> event.getActor() + " " + event.getSubject() + " "
                        + event.getDetail().data());
    }

    private static Optional<Duration> days(int count) {
        return Optional.of(Duration.ofDays(count));
    }
}

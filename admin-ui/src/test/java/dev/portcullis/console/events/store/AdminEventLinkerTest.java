package dev.portcullis.console.events.store;

import static dev.portcullis.database.audit.Tables.ADMIN_EVENT_LINKS;
import static dev.portcullis.database.audit.Tables.CHAINS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.database.TestDatabase;
import dev.portcullis.ledger.DatabaseTrail;
import dev.portcullis.ledger.Report;
import dev.portcullis.ledger.SigningKey;
import dev.portcullis.ledger.Verifier;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class AdminEventLinkerTest {
    private static final SigningKey KEY = SigningKey.generate();

    private TestDatabase database;
    private DSLContext sql;
    private AdminEventLinker linker;

    @BeforeEach
    void start() {
        database = TestDatabase.create();
        sql = DSL.using(database.dataSource(), SQLDialect.POSTGRES);
        linker = linker();
        happen(3);
        linker.start();
        await().until(() -> sql.fetchCount(ADMIN_EVENT_LINKS) == 3);
    }

    @AfterEach
    void close() {
        linker.stop();
        database.close();
    }

    @Test
    void eventsAreLinkedWithinSecondsAndSignedAtTheEnd() throws IOException {
        // Given
        happen(2);
        await().until(() -> sql.fetchCount(ADMIN_EVENT_LINKS) == 5);

        // When
        linker.stop();

        // Then
        var report = verify();
        assertThat(report.bad()).isEmpty();
        assertThat(report.linked()).isEqualTo(5);
        assertThat(report.checkpoints()).isEqualTo(1);
        assertThat(report.unsigned()).isZero();
        assertThat(report.waiting()).isZero();
    }

    @Test
    void chainGoesOnInTheNextConsole() throws IOException {
        // Given
        linker.stop();
        happen(1);
        assertThat(verify().waiting()).isEqualTo(1);

        // When
        linker = linker();
        linker.start();

        // Then
        await().until(() -> sql.fetchCount(ADMIN_EVENT_LINKS) == 4);
        assertThat(sql.fetchCount(CHAINS)).isEqualTo(1);
        assertThat(verify().bad()).isEmpty();
    }

    @Test
    void secondConsoleLeavesItToTheFirst() throws IOException {
        var second = linker();
        second.start();
        try {
            happen(2);

            await().until(() -> sql.fetchCount(ADMIN_EVENT_LINKS) == 5);
            assertThat(sql.fetchCount(CHAINS)).isEqualTo(1);
            assertThat(verify().bad()).isEmpty();
        } finally {
            second.stop();
        }
    }

    @Test
    void idleConsoleLooksAtTheNewestOnly() {
        // Given a console that has found nothing to do
        linker.stop();
        linker = linker();
        linker.round();

        // When
        happenAt("now() - interval '2 hours'");
        happenAt("now() - interval '50 minutes'");
        linker.round();

        // Then
        assertThat(sql.fetchCount(ADMIN_EVENT_LINKS)).isEqualTo(4);
    }

    @Test
    void clockThatWasAheadKeepsNoLaterEventFromItsLink() {
        // Given
        linker.stop();
        linker = linker();
        happenAt("now() + interval '1 day'");
        linker.round();

        // When
        happen(1);
        linker.round();

        // Then
        assertThat(sql.fetchCount(ADMIN_EVENT_LINKS)).isEqualTo(5);
    }

    @Test
    void changedEventIsFound() throws IOException {
        tamper("update audit.admin_events set actor = 'nobody' where id = (select event from audit.admin_event_links"
                + " where sequence = 2)");

        assertThat(verify().bad()).hasValueSatisfying(place -> {
            assertThat(place.sequence()).isEqualTo(2);
            assertThat(place.what()).contains("does not fit");
        });
    }

    @Test
    void deletedEventIsFound() throws IOException {
        tamper("delete from audit.admin_events where id = (select event from audit.admin_event_links where sequence ="
                + " 2)");
        assertThat(verify().bad())
                .hasValueSatisfying(place -> assertThat(place.sequence()).isEqualTo(2));

        tamper("delete from audit.admin_event_links where sequence = 2");
        assertThat(verify().bad())
                .hasValueSatisfying(place -> assertThat(place.what()).contains("record 2 is missing"));
    }

    private AdminEventLinker linker() {
        return new AdminEventLinker(database.dataSource(), KEY, Clock.systemUTC());
    }

    private void happen(int events) {
        var store = new AdminEventStore(database.dataSource());
        for (int at = 0; at < events; at++) {
            store.append(new AdminEvent("admin", "policy.published", Optional.of("7"), Map.of("comment", "é \" 1.50")));
        }
    }

    private void happenAt(String time) {
        sql.execute("insert into audit.admin_events (id, occurred_at, actor, event) values (gen_random_uuid(), " + time
                + ", 'admin', 'kill.engaged')");
    }

    private Report verify() throws IOException {
        return Verifier.verify(new DatabaseTrail(database.dataSource()), List.of(KEY.publicKey()), List.of());
    }

    private void tamper(String statement) {
        sql.transaction(transaction -> {
            transaction.dsl().execute("set local session_replication_role = replica");
            assertThat(transaction.dsl().execute(statement)).isPositive();
        });
    }
}

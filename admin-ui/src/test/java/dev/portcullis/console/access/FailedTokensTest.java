package dev.portcullis.console.access;

import static dev.portcullis.database.audit.Tables.ADMIN_EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.access.query.AdminTokenQuery;
import dev.portcullis.console.events.RepeatedEvents;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.database.TestDatabase;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;

/// Refused tokens are on record, and nobody can fill the records with them.
class FailedTokensTest {
    private static final AdminToken TOKEN = AdminToken.random();

    private final TestDatabase database = TestDatabase.create();
    private final RepeatedEvents repeated = new RepeatedEvents(new AdminEventStore(database.dataSource()));
    private final FailedTokens failed = new FailedTokens(repeated, new AdminTokenQuery(database.dataSource()));

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void firstIsRecordedAtOnceAndTheOthersAreCounted() {
        // When
        for (var i = 0; i < 100; i++) {
            failed.note(TOKEN, "192.0.2.1");
        }

        // Then
        assertThat(details()).containsExactly("192.0.2.1 1");

        // When
        repeated.recordCounted();
        repeated.recordCounted();

        // Then
        assertThat(details()).containsExactly("192.0.2.1 1", "192.0.2.1 99");
    }

    @Test
    void whoeverWasSilentForAMinuteIsRecordedAtOnceAgain() {
        // Given
        failed.note(TOKEN, "192.0.2.1");
        repeated.recordCounted();

        // When
        failed.note(TOKEN, "192.0.2.1");

        // Then
        assertThat(details()).hasSize(2);
    }

    @Test
    void manyAddressesDoNotFillTheTable() {
        // When
        for (var i = 0; i < 500; i++) {
            failed.note(AdminToken.random(), "192.0.2." + i % 250);
            failed.note(AdminToken.random(), "2001:db8::" + i);
        }
        repeated.recordCounted();

        // Then
        assertThat(details()).hasSizeLessThanOrEqualTo(2 * (RepeatedEvents.MOST + 1));
        assertThat(details().stream()
                        .mapToInt(detail -> Integer.parseInt(detail.split(" ")[1]))
                        .sum())
                .isEqualTo(1_000);
    }

    /// All that is said of them: addresses, and how many times.
    private List<String> details() {
        return DSL.using(database.dataSource(), SQLDialect.POSTGRES)
                .selectFrom(ADMIN_EVENTS)
                .where(ADMIN_EVENTS.EVENT.eq("admin_token.failed"))
                .orderBy(ADMIN_EVENTS.OCCURRED_AT)
                .fetch(event -> {
                    assertThat(event.getActor()).isEqualTo("unknown");
                    assertThat(event.getSubject()).isNull();
                    var detail = JsonMapper.shared().readTree(event.getDetail().data());
                    assertThat(detail.propertyNames()).containsExactlyInAnyOrder("address", "times");
                    return detail.path("address").asString() + " "
                            + detail.path("times").asString();
                });
    }
}

package dev.portcullis.console.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.storage.query.PartQuery;
import dev.portcullis.database.TestDatabase;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;

class PartOwnersTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private TestDatabase database;
    private DSLContext sql;
    private PartQuery parts;
    private PartOwners owners;

    @BeforeEach
    void create() {
        database = TestDatabase.create();
        sql = DSL.using(database.dataSource(), SQLDialect.POSTGRES);
        sql.execute("select audit.add_partition('2025-01-01')");
        parts = new PartQuery(database.dataSource());
        owners = new PartOwners(parts);
        record("acme");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void partIsLookedAtOnceUntilItIsForgotten() {
        // Given
        assertThat(owners.of(part(), LONG))
                .hasValueSatisfying(found -> assertThat(found).containsExactly(Optional.of("acme")));

        // When
        record("law");

        // Then
        assertThat(owners.of(part())).containsExactly(Optional.of("acme"));
        assertThat(owners.of(part(), Duration.ZERO)).isPresent();

        // When
        owners.forget(part());

        // Then
        assertThat(owners.of(part())).containsExactlyInAnyOrder(Optional.of("acme"), Optional.of("law"));
    }

    @Test
    void whatTakesTooLongStaysUnknown() {
        var part = part();

        sql.transaction(busy -> {
            busy.dsl().execute("lock table audit.exchanges_2025_01 in access exclusive mode");

            assertThat(owners.of(part, Duration.ofMillis(200))).isEmpty();
        });

        assertThat(owners.of(part, Duration.ZERO)).isEmpty();
        assertThat(owners.of(part, LONG)).isPresent();
    }

    private Part part() {
        return parts.parts().stream()
                .filter(part -> part.name().equals("exchanges_2025_01"))
                .findFirst()
                .orElseThrow();
    }

    private void record(String organization) {
        sql.execute(
                "insert into audit.exchanges (id, occurred_at, replica, organization, decision, outcome)"
                        + " values (gen_random_uuid(), '2025-01-14', 'r', ?, 'allowed', 'succeeded')",
                organization);
    }
}

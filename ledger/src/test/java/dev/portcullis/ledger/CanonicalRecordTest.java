package dev.portcullis.ledger;

import static dev.portcullis.database.audit.Tables.EXCHANGES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.database.TestDatabase;
import dev.portcullis.database.audit.tables.records.ExchangesRecord;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.UUID;

class CanonicalRecordTest {
    private static final String ID = "0198c0de-0000-7000-8000-000000000001";

    /// Whoever changes this has changed the form of all records ever written: that needs another version.
    @Test
    void formIsTheOneThatIsDocumented() {
        assertThat(new String(CanonicalRecord.of(row()), StandardCharsets.UTF_8))
                .isEqualTo(
                        "portcullis-exchange-v1\n"
                                + "{\"arguments\":{\"a\":[1E3,\"é\"],\"z\":15E-1},\"caller_groups\":[\"on"
                                + " \\\"call\\\"\",\"b\"],"
                                + "\"caller_verified\":true,\"client_address\":\"2001:db8:0:0:0:0:0:1\",\"decision\":\"allowed\","
                                + "\"http_status\":2E2,\"id\":\"" + ID
                                + "\",\"occurred_at\":\"2026-11-26T18:00:00.123456Z\",\"outcome\":\"succeeded\",\"replica\":\"r\"}");
    }

    @Test
    void rowIsTheSameWhenPostgresGivesItBack() {
        try (var database = TestDatabase.create()) {
            // Given
            var sql = DSL.using(database.dataSource(), SQLDialect.POSTGRES);
            sql.execute(
                    "insert into audit.exchanges (id, occurred_at, replica, decision, outcome, http_status,"
                            + " caller_groups, rules, observed_rules, request_bytes, response_bytes, client_address,"
                            + " caller_verified, arguments) values (?::uuid, '2026-11-26 20:00:00.123456+02', 'r',"
                            + " 'allowed', 'succeeded', 200, array['on \"call\"', 'b'], '{}', '{}', 0, 0, '2001:db8::1',"
                            + " true, ?::jsonb)",
                    ID,
                    "{\"z\": 1.50, \"a\": [1e3, \"\\u00e9\"]}");

            // When
            var read = sql.selectFrom(EXCHANGES).fetchSingle();

            // Then
            var written = row();
            written.setRules(new String[0]);
            written.setObservedRules(new String[0]);
            written.setRequestBytes(0L);
            written.setResponseBytes(0L);
            assertThat(CanonicalRecord.json(read)).isEqualTo(CanonicalRecord.json(written));
        }
    }

    @Test
    void placeInTheChainIsNoPartOfTheForm() {
        var linked = row();
        linked.setChain(UUID.randomUUID());
        linked.setSequence(7L);
        linked.setHash(new byte[32]);

        assertThat(CanonicalRecord.of(linked)).isEqualTo(CanonicalRecord.of(row()));
    }

    @SuppressWarnings("unchecked")
    private static ExchangesRecord row() {
        var row = new ExchangesRecord();
        row.setId(UUID.fromString(ID));
        row.setOccurredAt(OffsetDateTime.parse("2026-11-26T19:00:00.123456+01:00"));
        row.setReplica("r");
        row.setDecision("allowed");
        row.setOutcome("succeeded");
        row.setHttpStatus(200);
        row.setCallerGroups(new String[] {"on \"call\"", "b"});
        row.setCallerVerified(true);
        row.set((Field<Object>) EXCHANGES.field("client_address"), "2001:db8::1");
        row.setArguments(JSONB.jsonb("{\"a\":[1000,\"é\"],\"z\":1.5}"));
        return row;
    }
}

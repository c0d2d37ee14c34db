package dev.portcullis.database;

import static dev.portcullis.database.audit.Tables.EXCHANGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

class MigrationsTest {
    private static TestDatabase database;

    @BeforeAll
    static void create() {
        database = TestDatabase.create();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void runningThemAgainChangesNothing() {
        assertThat(Migrations.apply(database.dataSource())).isZero();
        Migrations.check(database.dataSource());
    }

    @Test
    void auditRecordsCannotBeChangedOrDeleted() {
        // Given
        var sql = sql();
        insertExchange(sql);

        // When, Then
        assertThatThrownBy(
                        () -> sql.update(EXCHANGES).set(EXCHANGES.TOOL, "other").execute())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("append-only");
        assertThatThrownBy(() -> sql.deleteFrom(EXCHANGES).execute()).hasMessageContaining("append-only");
        assertThatThrownBy(() -> sql.truncate(EXCHANGES).execute()).hasMessageContaining("append-only");
    }

    @Test
    void deniedRecordNeedsARule() {
        var sql = sql();
        assertThatThrownBy(() -> sql.insertInto(EXCHANGES)
                        .set(EXCHANGES.ID, UUID.randomUUID())
                        .set(EXCHANGES.OCCURRED_AT, OffsetDateTime.now(ZoneOffset.UTC))
                        .set(EXCHANGES.REPLICA, "r1")
                        .set(EXCHANGES.DECISION, "denied")
                        .set(EXCHANGES.OUTCOME, "denied")
                        .execute())
                .hasMessageContaining("check constraint");
    }

    @Test
    void everyPromisedColumnIsInTheView() throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var columns = connection
                        .createStatement()
                        .executeQuery(
                                "select id, occurred_at, completed_at, replica, organization, route, era, method, tool,"
                                        + " tool_class, action, caller, caller_kind, caller_groups, client_name, client_version,"
                                        + " client_address, session_hash, request_id, decision, rules, observed_rules,"
                                        + " policy_version, outcome, refusal, http_status, upstream_status, request_bytes,"
                                        + " response_bytes, decision_micros, latency_micros, arguments, arguments_digest, trace_id,"
                                        + " policy_facts, chain, sequence, hash, hidden_tools, result, exchanges from audit.tool_calls")) {
            assertThat(columns.getMetaData().getColumnCount()).isEqualTo(41);
        }
    }

    private static DSLContext sql() {
        return DSL.using(database.dataSource(), SQLDialect.POSTGRES);
    }

    private static void insertExchange(DSLContext sql) {
        sql.insertInto(EXCHANGES)
                .set(EXCHANGES.ID, UUID.randomUUID())
                .set(EXCHANGES.OCCURRED_AT, OffsetDateTime.now(ZoneOffset.UTC))
                .set(EXCHANGES.REPLICA, "r1")
                .set(EXCHANGES.DECISION, "allowed")
                .set(EXCHANGES.OUTCOME, "succeeded")
                .execute();
    }
}

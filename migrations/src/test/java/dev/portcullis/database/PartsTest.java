package dev.portcullis.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/// How the audit trail is kept in parts and goes in parts, in the database itself.
class PartsTest {
    private static final String CHAIN = "00000000-0000-0000-0000-000000000001";

    private TestDatabase database;
    private DSLContext sql;

    @BeforeEach
    void create() {
        database = TestDatabase.create();
        sql = DSL.using(database.dataSource(), SQLDialect.POSTGRES);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void thereArePartsForThreeMonthsAhead() {
        assertThat(sql.fetchValue("select max(ends) > now() + interval '3 months' from audit.parts()"))
                .isEqualTo(true);
    }

    @Test
    void recordOfAnyTimeIsTaken() {
        // When
        record("1970-01-01", "2026-02-03", "2200-01-01");

        // Then
        assertThat(recordsIn("exchanges_elsewhen")).isEqualTo(3);
    }

    @Test
    void recordsMoveIntoTheirPartWhenItIsMade() {
        // Given
        record("2026-01-31T23:59:59.999999Z", "2026-02-01", "2026-02-28T23:59:59.999999Z", "2026-03-01");

        // When
        sql.execute("select audit.add_partition('2026-02-14')");

        // Then
        assertThat(recordsIn("exchanges_2026_02")).isEqualTo(2);
        assertThat(recordsIn("exchanges_elsewhen")).isEqualTo(2);
        assertThatThrownBy(() -> sql.execute("delete from audit.exchanges_elsewhen"))
                .hasMessageContaining("append-only");
    }

    @Test
    void recordsThatCameWithoutPartsGetThemAndOddOnesDoNot() {
        // Given
        sql.execute("select audit.add_partition('2025-01-01')");
        record("1970-01-01", "2025-06-15", "2200-01-01");

        // When
        var made = sql.fetchValues("select audit.make_parts('month', (now() at time zone 'UTC')::date)");

        // Then
        assertThat(made).hasToString("[exchanges_2025_06]");
        assertThat(recordsIn("exchanges_elsewhen")).isEqualTo(2);
    }

    @Test
    void daysFollowMonthsAndMonthsFollowDays() {
        // Given
        var last = "((select max(ends) from audit.parts()) at time zone 'UTC')::date";

        // When
        var days = sql.fetchValues("select audit.make_parts('day', " + last + " + 2)");
        var rest = sql.fetchValues("select audit.make_parts('month', " + last + " + 1)");

        // Then
        assertThat(days).hasSize(3).allMatch(name -> name.toString().matches("exchanges_\\d{4}_\\d\\d_0[123]"));
        assertThat(rest)
                .hasSizeBetween(25, 28)
                .allMatch(name -> name.toString().matches("exchanges_\\d{4}_\\d\\d_\\d\\d"));
        assertThat(sql.fetchValues("select audit.make_parts('day', " + last + " - 1)"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "truncate audit.exchanges_elsewhen",
                "truncate audit.exchanges_2026_02",
                "delete from audit.exchanges_2026_02",
                "update audit.exchanges_2026_02 set tool = 'other'",
                "truncate audit.exchanges",
                "truncate audit.cuts",
                "delete from audit.cuts"
            })
    void noPartCanBeEmptiedOrChanged(String attempt) {
        // Given
        sql.execute("select audit.add_partition('2026-02-01')");
        sql.execute("select audit.add_partition('2026-01-01')");
        record("2026-01-14", "2026-02-14");
        drop("exchanges_2026_01");

        // When, Then
        assertThatThrownBy(() -> sql.execute(attempt)).hasMessageContaining("append-only");
    }

    @Test
    void droppedPartLeavesItsRunsAndAnEvent() {
        // Given a chain that goes back and forth over the end of a month
        sql.execute("select audit.add_partition('2026-01-01')");
        record("2026-01-30", "2026-01-31", "2026-02-01", "2026-01-31T23:59:59Z");

        // When
        drop("exchanges_2026_01");

        // Then
        assertThat(sql.fetch("select first_sequence, sequence, chain, boundary at time zone 'UTC' from audit.cuts"
                                + " order by sequence")
                        .map(cut -> cut.get(0) + "-" + cut.get(1) + " " + cut.get(2) + " " + cut.get(3)))
                .containsExactly("1-2 " + CHAIN + " 2026-02-01 00:00:00.0", "4-4 " + CHAIN + " 2026-02-01 00:00:00.0");
        assertThat(sql.fetchValue("select hash = sha256('2026-01-31') from audit.cuts where sequence = 2"))
                .isEqualTo(true);
        assertThat(sql.fetchValue(
                        "select actor || ' ' || subject || ' ' || (detail->>'records') from audit.admin_events"
                                + " where event = 'audit.part_dropped'"))
                .isEqualTo("somebody exchanges_2026_01 3");
        assertThat(sql.fetchValue("select count(*) from audit.exchanges")).isEqualTo(1L);
    }

    @Test
    void cutIsSignedOnceAndOtherwiseNotChanged() {
        // Given
        sql.execute("select audit.add_partition('2026-01-01')");
        record("2026-01-30");
        drop("exchanges_2026_01");

        // When
        var signed = sql.execute("update audit.cuts set signature = 'x', key_id = 'k'");

        // Then
        assertThat(signed).isEqualTo(1);
        assertThatThrownBy(() -> sql.execute("update audit.cuts set signature = 'y', key_id = 'k'"))
                .hasMessageContaining("append-only");
    }

    @Test
    void signingACutChangesNothingElse() {
        // Given
        sql.execute("select audit.add_partition('2026-01-01')");
        record("2026-01-30");
        drop("exchanges_2026_01");

        // When, Then
        assertThatThrownBy(() -> sql.execute("update audit.cuts set signature = 'x', key_id = 'k', sequence = 9"))
                .hasMessageContaining("append-only");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null, null",
                "'2026-01-31T23:59:59.999Z', null",
                "null, '2026-01-01T00:00:00.001Z'",
                "'2026-01-10', '2026-01-11'",
                "'2025-01-10', '2027-01-11'"
            })
    void partWithAMomentOfALegalHoldIsNotDropped(String period) {
        // Given
        sql.execute("select audit.add_partition('2026-01-01')");
        hold(period);

        // When, Then
        assertThatThrownBy(() -> drop("exchanges_2026_01")).hasMessageContaining("kept by the legal hold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'2026-02-01', null", "null, '2026-01-01'"})
    void partBesideALegalHoldIsDropped(String period) {
        // Given
        sql.execute("select audit.add_partition('2026-01-01')");
        hold(period);

        // When
        drop("exchanges_2026_01");

        // Then
        assertThat(sql.fetchValue("select to_regclass('audit.exchanges_2026_01')"))
                .isNull();
    }

    @Test
    void releasedHoldHoldsNothing() {
        // Given
        sql.execute("select audit.add_partition('2026-01-01')");
        hold("null, null");

        // When
        sql.execute("update gateway.legal_holds set released_by = 'me', released_at = now()");

        // Then
        assertThat(drop("exchanges_2026_01")).isEqualTo(0L);
    }

    @Test
    void onlyAPartThatIsOverCanBeDropped() {
        var current = sql.fetchValue("select name from audit.parts() where starts <= now() and ends > now()");

        assertThatThrownBy(() -> drop(String.valueOf(current))).hasMessageContaining("is not over");
        assertThatThrownBy(() -> drop("exchanges_elsewhen")).hasMessageContaining("is no part that can be dropped");
        assertThatThrownBy(() -> drop("admin_events")).hasMessageContaining("is no part that can be dropped");
    }

    @Test
    void recordsOfOlderVersionsSurviveTheMove() {
        // Given a database as version 9 left it
        sql.execute("create database older template template0");
        try (var older = pool(database.url().replaceFirst("/[^/]*$", "/older"))) {
            survive(older);
        }
    }

    private static void survive(HikariDataSource older) {
        Flyway.configure()
                .dataSource(older)
                .locations("classpath:db/migration")
                .target("9")
                .load()
                .migrate();
        var was = DSL.using(older, SQLDialect.POSTGRES);
        for (var time : List.of("1970-01-01", "2025-12-31T23:59:59.999999Z", "2026-01-01", "2200-01-01")) {
            was.execute(
                    "insert into audit.exchanges (id, occurred_at, replica, decision, outcome, rules, arguments, client_address)"
                            + " values (gen_random_uuid(), ?::timestamptz, 'r', 'denied', 'denied', '{a,b}', '{\"n\": 1.50}', '10.0.0.1')",
                    time);
        }
        var columns = "select md5(string_agg(t::text, '|' order by occurred_at)) from (select id, occurred_at, replica,"
                + " decision, outcome, rules, arguments, client_address, request_bytes, policy_facts from %s) t";
        var before = was.fetchValue(columns.formatted("audit.exchanges"));

        // When
        Migrations.apply(older);

        // Then
        assertThat(was.fetchValue(columns.formatted("audit.tool_calls"))).isEqualTo(before);
        assertThat(was.fetchValue("select count(*) from audit.exchanges_elsewhen"))
                .isEqualTo(0L);
    }

    /// Records in the order of one chain, at these times.
    private void record(String... times) {
        for (var time : times) {
            sql.execute(
                    "insert into audit.exchanges (id, occurred_at, replica, decision, outcome, chain, sequence, hash)"
                            + " select gen_random_uuid(), ?::timestamptz, 'r', 'allowed', 'succeeded', ?::uuid,"
                            + " (select count(*) + 1 from audit.exchanges), sha256(?::bytea)",
                    time,
                    CHAIN,
                    time);
        }
    }

    private Object drop(String part) {
        return sql.fetchValue("select audit.drop_part(?, 'somebody', 'too old')", part);
    }

    private void hold(String period) {
        sql.execute("insert into gateway.legal_holds (id, starts, ends, reason, placed_by)"
                + " values (gen_random_uuid(), " + period + ", 'suit', 'me')");
    }

    private Object recordsIn(String part) {
        return sql.fetchOne("select count(*)::int from audit." + part).get(0);
    }

    private HikariDataSource pool(String url) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setUsername(database.user());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(2);
        return pool;
    }
}

package dev.portcullis.console.overview;

import static dev.portcullis.database.gateway.Tables.ADMINISTRATORS;
import static dev.portcullis.database.gateway.Tables.POLICY_VERSIONS;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.toolcalls.query.GeneratedTrail;
import dev.portcullis.console.toolcalls.query.GeneratedTrail.Variety;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

import javax.sql.DataSource;

/// Fills a database as a large organization has it.
final class LargeInstallation {
    static final int REPLICAS = 200;
    static final int TOOLS = 500;
    static final int RULES = 5_000;

    private static final String FILL_REPLICAS = """
            insert into gateway.replicas (replica, policy_version, started_at, heartbeat_at)
            select 'replica-' || i, 1, now() - interval '3 days', now() + interval '1 day' from generate_series(1, ?) as i
            """;
    private static final String FILL_TOOLS = """
            insert into gateway.tools (route, name, first_seen_at, last_seen_at, listings)
            select 'port-eu', 'tool-' || i - 1, now() - interval '90 days', now(), 1000 from generate_series(1, ?) as i
            """;
    private static final String FILL_DEFINITIONS = """
            insert into gateway.tool_definitions
                (route, tool, definition, text, characters, read_only_hint, first_seen_at, last_seen_at, listings)
            select route, name, 'sha256:' || encode(sha256((name || version)::bytea), 'hex'), '{"name":"' || name || '"}', 20,
                   true, now() - interval '90 days', now() - version * interval '10 days', 1000
            from gateway.tools cross join generate_series(0, 1) as version
            """;

    private LargeInstallation() {}

    static void fill(DataSource database, long records) {
        var sql = DSL.using(database, SQLDialect.POSTGRES);
        sql.update(ADMINISTRATORS)
                .set(ADMINISTRATORS.MUST_CHANGE_PASSWORD, false)
                .execute();
        sql.execute(FILL_REPLICAS, REPLICAS);
        sql.execute(FILL_TOOLS, TOOLS);
        sql.execute(FILL_DEFINITIONS);
        publish(sql);
        new GeneratedTrail(sql, records, new Variety(REPLICAS, TOOLS, RULES - 1)).make();
        sql.execute("analyze");
    }

    /// A trail that was there before is counted chain after chain; calls that are counted as they come leave their
    /// counts
    /// in the order of time.
    static void layInOrderOfTime(DataSource database) {
        var sql = DSL.using(database, SQLDialect.POSTGRES);
        sql.execute("cluster gateway.call_counts using call_counts_pkey");
        sql.execute("analyze gateway.call_counts");
    }

    private static void publish(DSLContext sql) {
        var document = new StringBuilder(RunningConsole.DOCUMENT.formatted("read only"));
        for (var rule = 1; rule < RULES; rule++) {
            document.append(
                    "  - id: rule-%d%n    match: { tools: [tool-%d], groups: [team-%d] }%n    deny: true%n    message: no%n"
                            .formatted(rule, rule % TOOLS, rule / TOOLS));
        }
        sql.insertInto(POLICY_VERSIONS)
                .set(POLICY_VERSIONS.DOCUMENT, document.toString())
                .set(POLICY_VERSIONS.COMMENT, "many rules")
                .set(POLICY_VERSIONS.AUTHOR, "test")
                .execute();
    }
}

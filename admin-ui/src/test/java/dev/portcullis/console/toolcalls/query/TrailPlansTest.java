package dev.portcullis.console.toolcalls.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.api.PageCursor;
import dev.portcullis.console.toolcalls.ToolCallFilter;
import dev.portcullis.console.toolcalls.query.Explained.Plan;
import dev.portcullis.console.toolcalls.query.Explained.Scan;
import dev.portcullis.database.TestDatabase;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/// How PostgreSQL answers every question of the console, on a trail of several parts. The table in
/// docs/retention.md is what it leaves in `target/trail-plans.md`.
class TrailPlansTest {
    private static final int ROWS = 100_000;
    private static final Clock UTC = Clock.systemUTC();

    /// More of them are read along an index, not as a whole.
    private static final int TRIVIAL = 500;

    /// What may be looked at for a page: a replay's is 500, names come from the newest 10,000.
    private static final int MOST_RECORDS = 12_000;

    private static final Map<String, Set<String>> EXPECTED = Map.ofEntries(
            Map.entry("newest", Set.of("pkey")),
            Map.entry("behind a cursor", Set.of("pkey")),
            Map.entry("of a time", Set.of("pkey")),
            Map.entry("allowed", Set.of("pkey")),
            Map.entry("by route", Set.of("route", "pkey")),
            Map.entry("by tool", Set.of("tool", "pkey")),
            Map.entry("by caller", Set.of("caller", "pkey")),
            Map.entry("by outcome", Set.of("outcome", "pkey")),
            Map.entry("by decision", Set.of("decision", "pkey")),
            Map.entry("rare caller", Set.of("caller")),
            Map.entry("nobody", Set.of("caller")),
            Map.entry("retired tool", Set.of("tool")),
            Map.entry("one by id", Set.of("id", "pkey")),
            Map.entry("one by an id without a time", Set.of("id")),
            Map.entry("one for a replay", Set.of("id", "pkey")),
            Map.entry("page of a replay", Set.of("pkey")),
            Map.entry("one step of an export", Set.of("pkey")),
            Map.entry("names to filter by", Set.of("pkey")),
            Map.entry("names for validation", Set.of("pkey")));

    private static TestDatabase database;
    private static Explained explained;
    private static Map<String, IntConsumer> queries;

    @BeforeAll
    static void generate() {
        database = TestDatabase.create();
        var trail = new GeneratedTrail(DSL.using(database.dataSource(), SQLDialect.POSTGRES), ROWS);
        trail.make();
        explained = new Explained(database.dataSource());
        queries = new TrailQueries(explained.dataSource(), trail).all();
        explained.taken();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void everyQuestionIsAnsweredAlongAnIndex() throws IOException {
        var table = new ArrayList<String>();
        queries.forEach((name, query) -> {
            // When
            query.accept(3);
            var plans = explained.taken();

            // Then
            assertThat(plans).as(name).isNotEmpty().allSatisfy(plan -> {
                var large = plan.scans().stream().filter(scan -> records(scan.table()) > TRIVIAL);
                assertThat(large)
                        .as(plan.sql() + "\n" + plan.root().toPrettyString())
                        .allSatisfy(scan -> {
                            assertThat(scan.node()).isNotEqualTo("Seq Scan");
                            assertThat(kind(scan)).isIn(EXPECTED.getOrDefault(name, Set.of(kind(scan))));
                            assertThat(scan.records()).isLessThan(MOST_RECORDS);
                        });
                assertThat(plan.scans().stream().map(Scan::table).distinct().count())
                        .as("the parts asked at once: " + plan.sql())
                        .isLessThanOrEqualTo(6);
            });
            table.add(line(name, plans));
        });
        Files.write(
                Path.of("target/trail-plans.md"),
                table.stream().map(String::toString).toList());
    }

    @Test
    void searchWithoutPatienceFindsTheSame() {
        // Given
        var source = database.dataSource();
        var calls = new ToolCallQuery(source, new TrailWalk(new TrailBorders(source, UTC), UTC));
        var filter = new ToolCallFilter(
                Optional.of("port-eu"),
                Optional.of("tool-3"),
                Optional.empty(),
                Optional.of("denied"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        // When
        var found = new ArrayList<UUID>();
        var pages = 0;
        for (Optional<PageCursor> place = Optional.empty(); pages == 0 || place.isPresent(); pages++) {
            var page = calls.list(filter, place, 5, Duration.ZERO, false);
            page.items().forEach(call -> found.add(call.id()));
            place = page.next();
        }

        // Then
        var sql = DSL.using(source, SQLDialect.POSTGRES);
        assertThat(found)
                .isNotEmpty()
                .isEqualTo(sql.fetchValues("select id from audit.exchanges where route = 'port-eu' and tool = 'tool-3'"
                        + " and outcome = 'denied' order by occurred_at desc, id desc"));
        assertThat(pages).isGreaterThan(found.size() / 5 + 2);
    }

    private static String line(String name, List<Plan> plans) {
        var scans = plans.stream().flatMap(plan -> plan.scans().stream()).toList();
        var used = scans.stream()
                .map(scan -> scan.node() + " on " + kind(scan))
                .filter(use -> !use.startsWith("Seq Scan"))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return "| " + name + " | " + plans.size() + " | " + used + " | "
                + scans.stream().mapToLong(Scan::records).sum() + " |";
    }

    /// Which of the table's indexes it is that the part has under a name of its own.
    private static String kind(Scan scan) {
        var index = scan.index();
        return index.endsWith("_pkey")
                ? "pkey"
                : index.replaceFirst("^exchanges_(\\d+_\\d+|elsewhen)_", "")
                        .replaceFirst("_occurred_at_id_idx\\d*$", "")
                        .replaceFirst("_idx\\d*$", "");
    }

    private static long records(String table) {
        return DSL.using(database.dataSource(), SQLDialect.POSTGRES)
                .fetchOne("select reltuples::bigint from pg_class where oid = ('audit.' || ?)::regclass", table)
                .get(0, long.class);
    }
}

package dev.portcullis.console.toolcalls;

import static dev.portcullis.database.audit.Tables.EXCHANGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.toolcalls.query.ToolCallQuery;
import dev.portcullis.console.toolcalls.query.TrailBorders;
import dev.portcullis.console.toolcalls.query.TrailWalk;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

class ToolCallApiTest {
    private static final int CALLS = 1_250;
    private static final OffsetDateTime NOON = OffsetDateTime.of(2026, 11, 22, 12, 0, 0, 0, ZoneOffset.UTC);
    private static final UUID REFUSED = UUID.randomUUID();

    private static RunningConsole console;

    /// Many of them at the very same time: the id decides then.
    @BeforeAll
    static void record() {
        console = new RunningConsole();
        var sql = DSL.using(console.database().dataSource(), SQLDialect.POSTGRES);
        var insert = sql.insertInto(
                EXCHANGES,
                EXCHANGES.ID,
                EXCHANGES.OCCURRED_AT,
                EXCHANGES.REPLICA,
                EXCHANGES.ROUTE,
                EXCHANGES.METHOD,
                EXCHANGES.TOOL,
                EXCHANGES.DECISION,
                EXCHANGES.OUTCOME,
                EXCHANGES.RULES,
                EXCHANGES.ARGUMENTS);
        for (var i = 0; i < CALLS; i++) {
            var denied = i % 5 == 0;
            insert = insert.values(
                    UUID.randomUUID(),
                    NOON.plusSeconds(i / 10),
                    "r1",
                    i % 2 == 0 ? "port-eu" : "port-us",
                    "tools/call",
                    denied ? "=run_action" : "list_entities",
                    denied ? "denied" : "allowed",
                    denied ? "denied" : "succeeded",
                    denied ? new String[] {"first", "second"} : new String[0],
                    JSONB.valueOf("{\"name\": \"a, \\\"b\\\"\"}"));
        }
        insert.execute();
        sql.insertInto(EXCHANGES)
                .set(EXCHANGES.ID, REFUSED)
                .set(EXCHANGES.OCCURRED_AT, NOON.plusHours(1))
                .set(EXCHANGES.REPLICA, "r1")
                .set(EXCHANGES.DECISION, "none")
                .set(EXCHANGES.OUTCOME, "refused")
                .set(EXCHANGES.REFUSAL, "malformed")
                .execute();
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @Test
    void newestIsFirstEvenWhenItHasNoRoute() {
        var first =
                RunningConsole.json(console.get("/api/v1/tool-calls?limit=1")).at("/items/0");

        assertThat(first.path("id").asString()).isEqualTo(REFUSED.toString());
        assertThat(first.propertyNames()).contains("occurred_at", "tool_class", "latency_micros", "arguments_digest");
        assertThat(first.path("route").isNull()).isTrue();
    }

    @Test
    void everyCallIsOnExactlyOnePage() {
        // When
        var ids = new ArrayList<String>();
        var query = "/api/v1/tool-calls?limit=300";
        for (var next = ""; ids.size() <= all(); ) {
            var page = RunningConsole.json(console.get(query + next));
            page.path("items").forEach(call -> ids.add(call.path("id").asString()));
            if (!page.has("next")) {
                break;
            }
            next = "&cursor=" + page.path("next").asString();
        }

        // Then
        assertThat(ids).hasSize(all()).doesNotHaveDuplicates();
    }

    @Test
    void filtersAreCombined() {
        var calls = items(console.get("/api/v1/tool-calls?limit=500&route=port-eu&outcome=denied")
                .body());

        assertThat(calls).hasSize(CALLS / 10).allSatisfy(call -> {
            assertThat(call.path("route").asString()).isEqualTo("port-eu");
            assertThat(call.path("rules").size()).isEqualTo(2);
        });
    }

    @Test
    void timeRangeIncludesItsStartOnly() {
        var calls = items(console.get("/api/v1/tool-calls?limit=500&from=2026-11-22T12:00:03Z&to=2026-11-22T12:00:05Z")
                .body());

        assertThat(calls).hasSize(20);
    }

    @Test
    void oneCallIsFoundById() {
        var call = RunningConsole.json(console.get("/api/v1/tool-calls/" + REFUSED));

        assertThat(call.path("refusal").asString()).isEqualTo("malformed");
        assertThat(console.get("/api/v1/tool-calls/" + UUID.randomUUID()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void exportHasEveryCallAndIsRecorded() {
        // When
        var response = console.get("/api/v1/tool-calls/export?format=ndjson");

        // Then
        assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("application/x-ndjson");
        assertThat(response.body().lines()).hasSize(all()).allMatch(line -> line.startsWith("{\"id\":"));
        assertThat(console.events("audit.exported")).isNotEmpty();
    }

    @Test
    void stepOfAnExportIsBoundedByWhatItHolds() {
        // Given
        var query = query();
        var length = "{\"name\": \"a, \\\"b\\\"\"}".length();

        // When
        var step = query.step(ToolCallFilter.all(), Optional.empty(), 1_000, 100L * length, true);
        var next = query.step(ToolCallFilter.all(), Optional.of(step.getLast().cursor()), 1_000, 1, true);

        // Then
        assertThat(step).hasSizeBetween(90, 200);
        assertThat(next).hasSize(1).doesNotContainAnyElementsOf(step);
    }

    @Test
    void resultsCountInAStepOfAnExportUnlessNobodySeesThem() {
        // Given
        var sql = DSL.using(console.database().dataSource(), SQLDialect.POSTGRES);
        for (var i = 0; i < 3; i++) {
            sql.insertInto(EXCHANGES)
                    .set(EXCHANGES.ID, UUID.randomUUID())
                    .set(EXCHANGES.OCCURRED_AT, NOON.minusDays(200))
                    .set(EXCHANGES.REPLICA, "r1")
                    .set(EXCHANGES.TOOL, "with-result")
                    .set(EXCHANGES.DECISION, "allowed")
                    .set(EXCHANGES.OUTCOME, "succeeded")
                    .set(EXCHANGES.ARGUMENTS_DIGEST, "sha256:short")
                    .set(EXCHANGES.RESULT, JSONB.valueOf("{\"content\": []}"))
                    .execute();
        }
        var filter = new ToolCallFilter(
                Optional.empty(),
                Optional.of("with-result"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        // When
        var seen = query().step(filter, Optional.empty(), 1_000, 1, true);
        var unseen = query().step(filter, Optional.empty(), 1_000, 1, false);

        // Then
        assertThat(seen)
                .singleElement()
                .satisfies(call -> assertThat(call.result()).isPresent());
        assertThat(unseen).hasSize(3).allSatisfy(call -> {
            assertThat(call.hasPayload()).isFalse();
            assertThat(call.argumentsDigest()).isEmpty();
        });
    }

    private ToolCallQuery query() {
        var source = console.database().dataSource();
        var clock = Clock.systemUTC();
        return new ToolCallQuery(source, new TrailWalk(new TrailBorders(source, clock), clock));
    }

    @Test
    void csvQuotesAndDisarmsCells() {
        var lines = console.get("/api/v1/tool-calls/export?format=csv&outcome=denied")
                .body()
                .lines()
                .toList();

        assertThat(lines).hasSize(CALLS / 5 + 1);
        assertThat(lines.getFirst())
                .startsWith("id,occurred_at,completed_at,replica,")
                .endsWith(",trace_id,hidden_tools,result,exchanges");
        assertThat(lines.get(1))
                .contains(",'=run_action,", ",first second,", ",\"{\"\"name\"\":\"\"a, \\\"\"b\\\"\"\"\"}\",");
    }

    @Test
    void onlyAuditorsSeeWhatCallersHaveSentAndThatIsRecorded() {
        // Given
        var admin = console.tokenWith(Roles.ADMIN);
        var query = "/api/v1/tool-calls?limit=1&outcome=denied";

        // When
        var hidden = RunningConsole.json(console.getAs(admin, query)).at("/items/0");
        var before = console.events("audit.revealed").size();
        var seen = RunningConsole.json(console.send(console.request(query).header("portcullis-reason", "ticket 7")))
                .at("/items/0");

        // Then
        assertThat(hidden.path("arguments").isNull()).isTrue();
        assertThat(seen.path("arguments").path("name").asString()).isEqualTo("a, \"b\"");
        assertThat(console.events("audit.revealed"))
                .hasSize(before + 1)
                .first()
                .isEqualTo("token:first audit.revealed");
    }

    @Test
    void oneRecordIsRevealedToAuditorsOnly() {
        // Given
        var id = RunningConsole.json(console.get("/api/v1/tool-calls?limit=1&outcome=denied"))
                .at("/items/0/id")
                .asString();

        // When
        var seen = RunningConsole.json(
                console.send(console.request("/api/v1/tool-calls/" + id).header("portcullis-reason", "ticket 8")));
        var hidden = RunningConsole.json(console.getAs(console.tokenWith(Roles.ADMIN), "/api/v1/tool-calls/" + id));
        var declined = RunningConsole.json(console.get("/api/v1/tool-calls/" + id + "?payloads=false"));

        // Then
        assertThat(seen.path("arguments").isObject()).isTrue();
        assertThat(hidden.path("arguments").isNull()).isTrue();
        assertThat(declined.path("arguments").isNull()).isTrue();
        assertThat(console.eventDetails(id)).containsExactly("audit.revealed {reason=ticket 8}");
    }

    @Test
    void exportHasPayloadsForAuditorsOnlyAndSaysHowManyRecords() {
        // When
        var hidden =
                console.getAs(console.tokenWith(Roles.ADMIN), "/api/v1/tool-calls/export?format=ndjson&outcome=denied");
        var seen = console.get("/api/v1/tool-calls/export?format=ndjson&outcome=denied");

        // Then
        assertThat(hidden.body().lines()).hasSize(CALLS / 5).allMatch(line -> line.contains("\"arguments\":null"));
        assertThat(seen.body().lines()).hasSize(CALLS / 5).noneMatch(line -> line.contains("\"arguments\":null"));
        await().untilAsserted(
                        () -> assertThat(console.events("audit.export_ended")).isNotEmpty());
    }

    @Test
    void auditorMayExportWithoutPayloadsAndThatIsWhatIsRecorded() {
        // When
        var export = console.get("/api/v1/tool-calls/export?format=csv&outcome=denied&payloads=false");

        // Then
        assertThat(export.body().lines()).hasSize(CALLS / 5 + 1).noneMatch(line -> line.contains("\"\"name"));
        var recorded = newest("audit.exported");
        assertThat(recorded.path("payloads").asString()).isEqualTo("false");
        assertThat(recorded.path("filter").asString()).contains("denied");
    }

    @Test
    void endlessReasonIsRefused() {
        assertThat(console.send(console.request("/api/v1/tool-calls?limit=1")
                                .header("portcullis-reason", "x".repeat(1_001)))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void badParametersAreBadRequests() {
        assertThat(List.of("limit=0", "limit=501", "limit=x", "cursor=x", "from=yesterday"))
                .allSatisfy(parameter -> assertThat(
                                console.get("/api/v1/tool-calls?" + parameter).statusCode())
                        .isEqualTo(400));
        assertThat(console.get("/api/v1/tool-calls/export?format=xml").statusCode())
                .isEqualTo(400);
    }

    /// What the newest event of a kind says besides.
    private JsonNode newest(String event) {
        return RunningConsole.json(console.get("/api/v1/admin-events?limit=1&event=" + event))
                .at("/items/0/detail");
    }

    private static List<JsonNode> items(String body) {
        return tools.jackson.databind.json.JsonMapper.shared()
                .readTree(body)
                .path("items")
                .valueStream()
                .toList();
    }

    /// Those of other tests too, which share the database.
    private static int all() {
        return DSL.using(console.database().dataSource(), SQLDialect.POSTGRES).fetchCount(EXCHANGES);
    }
}

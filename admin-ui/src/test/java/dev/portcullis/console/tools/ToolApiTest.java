package dev.portcullis.console.tools;

import static dev.portcullis.database.gateway.Tables.TOOLS;
import static dev.portcullis.database.gateway.Tables.TOOL_DEFINITIONS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// The catalogue and decisions about it, over the REST API, on what a proxy has written.
class ToolApiTest {
    private static final OffsetDateTime MONDAY = OffsetDateTime.of(2026, 11, 23, 9, 0, 0, 0, ZoneOffset.UTC);
    private static final String FIRST = "sha256:" + "1".repeat(64);
    private static final String SECOND = "sha256:" + "2".repeat(64);
    private static final String THIRD = "sha256:" + "3".repeat(64);
    private static final String DOCUMENT = """
            apiVersion: portcullis/v1
            organization: acme
            routes:
              port-eu: {upstream: sandbox, profile: port, authentication: open}
              plain: {upstream: sandbox, authentication: open} # nobody knows it
            rules:
              - {id: pinned, pinnedTools: true} # all of them
            """;

    private final RunningConsole console = RunningConsole.shared();
    private final DSLContext sql = DSL.using(console.database().dataSource(), SQLDialect.POSTGRES);

    @BeforeEach
    void publish() {
        sql.deleteFrom(TOOLS).execute();
        console.send("PUT", "/api/v1/policy/draft", "application/yaml", DOCUMENT);
        console.post("/api/v1/policy/publish", "{\"comment\": \"for tools\"}");
        seen("port-eu", "list_entities", FIRST, """
                {"description":"Lists.\\nSafely.","inputSchema":{"properties":{"a":{"type":"string"}}},"name":"list_entities"}\
                """, MONDAY, null);
        seen("plain", "peek", FIRST, "{\"annotations\":{\"readOnlyHint\":true},\"name\":\"peek\"}", MONDAY, true);
        seen("plain", "poke", SECOND, "{\"name\":\"poke\"}", MONDAY, null);
    }

    @Test
    void everyToolIsListedWithItsClassAndState() {
        var items = get("").path("items");

        assertThat(items.valueStream().map(ToolApiTest::summary))
                .containsExactly(
                        "plain/peek write default new",
                        "plain/poke write default new",
                        "port-eu/list_entities read profile unreviewed");
        assertThat(items.get(0).path("readOnlyHint").asBoolean()).isTrue();
        assertThat(items.get(0).path("definition").asString()).isEqualTo(FIRST);
        assertThat(items.get(0).has("change")).isFalse();
    }

    @Test
    void toolIsListedWithWhenItWasSeen() {
        // When
        seen("plain", "poke", THIRD, "{\"name\":\"poke\",\"title\":\"x\"}", MONDAY.plusDays(1), null);

        // Then
        var poke = get("?route=plain").at("/items/1");
        assertThat(at(poke, "firstSeenAt")).isEqualTo(MONDAY);
        assertThat(at(poke, "lastSeenAt")).isEqualTo(MONDAY.plusDays(1));
        var peek = get("/plain/peek");
        assertThat(at(peek, "firstSeenAt")).isEqualTo(MONDAY);
        assertThat(at(peek, "lastSeenAt")).isEqualTo(MONDAY);
        assertThat(get("/plain/poke").path("definitions").valueStream())
                .extracting(one -> at(one, "firstSeenAt") + " " + at(one, "lastSeenAt"))
                .containsExactly(MONDAY.plusDays(1) + " " + MONDAY.plusDays(1), MONDAY + " " + MONDAY);
    }

    @Test
    void trustedAnnotationIsWhereTheClassComesFrom() {
        // Given
        console.send(
                "PUT",
                "/api/v1/policy/draft",
                "application/yaml",
                DOCUMENT.replace("plain: {upstream: sandbox,", "plain: {upstream: sandbox, trustAnnotations: true,"));
        console.post("/api/v1/policy/publish", "{\"comment\": \"they are trusted\"}");

        // When
        var items = get("?route=plain").path("items");

        // Then
        assertThat(items.valueStream().map(ToolApiTest::summary))
                .containsExactly("plain/peek read annotation new", "plain/poke write default new");
    }

    @ParameterizedTest
    @CsvSource({
        "?route=plain, 2",
        "?class=read, 1",
        "?state=new, 2",
        "?state=accepted, 0",
        "?state=awaiting-review, 3",
        "?text=PE, 1",
        "?text=pe&class=read, 0",
        "?route=plain&state=unreviewed, 0",
        "?route=nowhere, 0"
    })
    void filtersNarrow(String query, int found) {
        assertThat(get(query).path("items").size()).isEqualTo(found);
    }

    @Test
    void listIsPagedByRouteAndName() {
        var first = get("?limit=2");
        var second = get("?limit=2&cursor=" + first.path("next").asString());

        assertThat(first.path("items").size()).isEqualTo(2);
        assertThat(second.path("items").valueStream().map(ToolApiTest::summary))
                .containsExactly("port-eu/list_entities read profile unreviewed");
        assertThat(second.has("next")).isFalse();
    }

    @Test
    void acceptedToolIsPinnedInTheDocumentAndNowhereElse() {
        // When
        var answer = put("port-eu/list_entities", "{\"definition\": \"current\", \"reason\": \"Looked at it.\"}");

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var published = console.get("/api/v1/policy");
        assertThat(published.body()).isEqualTo(DOCUMENT + """
                tools:
                  port-eu:
                    list_entities: {class: read, definition: "%s"}
                """.formatted(FIRST));
        assertThat(json(answer).path("version").asString())
                .isEqualTo(published
                        .headers()
                        .firstValue("portcullis-policy-version")
                        .orElseThrow());
        assertThat(json(answer).path("draft").asString()).isEqualTo("followed");
        assertThat(console.get("/api/v1/policy/versions?limit=1").body())
                .contains("Reviewed on port-eu: list_entities. Looked at it.");
        var tool = get("/port-eu/list_entities");
        assertThat(summary(tool)).isEqualTo("port-eu/list_entities read review accepted");
        assertThat(tool.path("reviewedDefinition").asString()).isEqualTo(FIRST);
        assertThat(tool.at("/definitions/0/reviewedAt").isString()).isTrue();
        assertThat(tool.at("/entry/description").asString()).isEqualTo("Lists.\nSafely.");
    }

    @Test
    void changedToolIsShownWithWhatChanged() {
        // Given
        put("port-eu/list_entities", "{\"definition\": \"current\"}");

        // When
        seen("port-eu", "list_entities", SECOND, """
                {"annotations":{"readOnlyHint":true},"description":"Lists.\\nAnd sends them away.",\
                "inputSchema":{"properties":{"a":{"type":"number"},"b":{}}},"name":"list_entities"}\
                """, MONDAY.plusMinutes(1), true);

        // Then
        var tool = get("?state=changed").at("/items/0");
        assertThat(summary(tool)).isEqualTo("port-eu/list_entities read review changed");
        var change = tool.path("change");
        assertThat(change.path("from").asString()).isEqualTo(FIRST);
        assertThat(change.path("to").asString()).isEqualTo(SECOND);
        assertThat(change.path("parts").toString()).isEqualTo("""
                [{"part":"annotations","places":[{"pointer":"","kind":"added","after":"{\\"readOnlyHint\\":true}"}]},\
                {"part":"description","lines":["  Lists.","- Safely.","+ And sends them away."]},\
                {"part":"inputSchema","places":[\
                {"pointer":"/properties/a/type","kind":"changed","before":"\\"string\\"","after":"\\"number\\""},\
                {"pointer":"/properties/b","kind":"added","after":"{}"}]}]""");
        assertThat(get("/port-eu/list_entities").path("definitions").size()).isEqualTo(2);
        assertThat(get("/port-eu/list_entities/change?from=" + SECOND + "&to=" + FIRST)
                        .at("/parts/1/lines/1")
                        .asString())
                .isEqualTo("- And sends them away.");
    }

    @Test
    void definitionThatIsNotCurrentAnyMoreIsAConflict() {
        // Given
        seen("plain", "poke", THIRD, "{\"name\":\"poke\",\"title\":\"x\"}", MONDAY.plusDays(1), null);

        // When
        var old = put("plain/poke", "{\"definition\": \"" + SECOND + "\"}");

        // Then
        assertThat(old.statusCode()).isEqualTo(409);
        assertThat(json(old).path("current").toString()).isEqualTo("[\"" + THIRD + "\"]");
        assertThat(console.get("/api/v1/policy").body()).isEqualTo(DOCUMENT);
    }

    @Test
    void whatIsNotTheSameForAllCallersHasToBeNamed() {
        // Given
        seen("plain", "poke", THIRD, "{\"name\":\"poke\",\"title\":\"x\"}", MONDAY.plusMinutes(1), null);
        sql.update(TOOL_DEFINITIONS)
                .set(TOOL_DEFINITIONS.LAST_SEEN_AT, MONDAY.plusMinutes(2))
                .where(TOOL_DEFINITIONS.DEFINITION.eq(SECOND))
                .execute();

        // When
        var current = put("plain/poke", "{\"definition\": \"current\"}");
        var named = put("plain/poke", "{\"definition\": \"" + SECOND + "\", \"class\": \"write\"}");

        // Then
        assertThat(current.statusCode()).isEqualTo(409);
        assertThat(json(current).path("current").size()).isEqualTo(2);
        assertThat(named.statusCode()).as(named.body()).isEqualTo(200);
        assertThat(summary(get("/plain/poke"))).isEqualTo("plain/poke write review changed");
    }

    @Test
    void readOnlyClaimsOfARouteAreAcceptedInOnePublication() {
        // Given
        seen("port-eu", "delete_entity", FIRST, "{\"name\":\"delete_entity\"}", MONDAY, true);

        // When
        var plain = console.post("/api/v1/tools/plain/accept", "{\"readOnlyClaims\": true}");
        var port = console.post("/api/v1/tools/port-eu/accept", "{\"readOnlyClaims\": true}");

        // Then
        assertThat(json(plain).path("tools").toString())
                .isEqualTo("{\"peek\":{\"class\":\"read\",\"definition\":\"" + FIRST + "\"}}");
        assertThat(json(port).path("skipped").toString())
                .as("a claim is weaker than the profile")
                .isEqualTo("{\"delete_entity\":\"the profile says delete\"}");
        assertThat(json(port).path("published").asBoolean()).isFalse();
    }

    @Test
    void claimsAreAcceptedExactlyAsTheyWereReviewed() {
        // Given
        seen("plain", "peep", SECOND, "{\"name\":\"peep\"}", MONDAY, true);
        var listed = console.get("/api/v1/tools/plain/accept/claims");
        var claims = json(listed).path("claims").toString();
        seen("plain", "late", THIRD, "{\"name\":\"late\"}", MONDAY, true);

        // When
        var answer = console.post(
                "/api/v1/tools/plain/accept", "{\"claims\": " + claims + ", \"reason\": \"Read them all.\"}");

        // Then
        assertThat(claims).isEqualTo("{\"peek\":\"" + FIRST + "\",\"peep\":\"" + SECOND + "\"}");
        assertThat(listed.headers().firstValue("etag").orElse("")).matches("\"version-\\d+\"");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(get("?route=plain&class=read&state=accepted").path("items").valueStream())
                .extracting(one -> one.path("name").asString())
                .containsExactly("peek", "peep");
    }

    @Test
    void claimThatChangedMeanwhileLetsNothingThrough() {
        // Given
        seen("plain", "peep", SECOND, "{\"name\":\"peep\"}", MONDAY, true);
        var claims = json(console.get("/api/v1/tools/plain/accept/claims")).path("claims");
        seen("plain", "peep", THIRD, "{\"name\":\"peep\",\"title\":\"x\"}", MONDAY.plusDays(1), true);

        // When
        var answer = console.post("/api/v1/tools/plain/accept", "{\"claims\": " + claims + "}");

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        assertThat(json(answer).path("current").toString()).isEqualTo("[\"" + THIRD + "\"]");
        assertThat(console.get("/api/v1/policy").body()).isEqualTo(DOCUMENT);
    }

    @Test
    void claimThatSomebodyDecidedAboutMeanwhileLetsNothingThrough() {
        // Given
        var listed = console.get("/api/v1/tools/plain/accept/claims");
        put("plain/peek", "{\"class\": \"write\"}");
        var decided = console.get("/api/v1/policy").body();

        // When
        var untold = console.post(
                "/api/v1/tools/plain/accept", "{\"claims\": " + json(listed).path("claims") + "}");
        var stale = console.send(console.request("/api/v1/tools/port-eu/list_entities")
                .header("Content-Type", "application/json")
                .header("If-Match", listed.headers().firstValue("etag").orElseThrow())
                .PUT(java.net.http.HttpRequest.BodyPublishers.ofString("{\"class\": \"read\"}")));

        // Then
        assertThat(untold.statusCode()).as(untold.body()).isEqualTo(409);
        assertThat(stale.statusCode()).as(stale.body()).isEqualTo(412);
        assertThat(console.get("/api/v1/policy").body()).isEqualTo(decided);
    }

    @Test
    void decisionIsTakenBackWithItsReason() {
        // Given
        put("plain/peek", "{\"class\": \"read\", \"definition\": \"current\"}");

        // When
        var answer = console.send("DELETE", "/api/v1/tools/plain/peek?reason=Wrong%20tool.", "application/json", "");
        var again = console.send("DELETE", "/api/v1/tools/plain/peek", "application/json", "");

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(summary(get("/plain/peek"))).isEqualTo("plain/peek write default new");
        assertThat(console.get("/api/v1/policy").body()).isEqualTo(DOCUMENT);
        assertThat(console.get("/api/v1/policy/versions?limit=1").body())
                .contains("Not reviewed any more on plain: peek. Wrong tool.");
        assertThat(again.statusCode()).isEqualTo(400);
    }

    @Test
    void pinnedRuleHoldsBackWhatNobodyAccepted() {
        assertThat(get("/plain/peek").path("heldBackBy").toString()).isEqualTo("[\"pinned\"]");

        // When
        put("plain/peek", "{\"definition\": \"current\"}");

        // Then
        assertThat(get("/plain/peek").path("heldBackBy").toString()).isEqualTo("[]");
        assertThat(get("?state=awaiting-review&route=plain").path("items").valueStream())
                .extracting(one -> one.path("name").asString())
                .containsExactly("poke");
    }

    @Test
    void severalToolsAreAcceptedWithTheClassTheyHave() {
        var answer = console.post("/api/v1/tools/plain/accept", "{\"tools\": [\"peek\", \"poke\"], \"reason\": \"x\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(get("?route=plain").path("items").valueStream().map(ToolApiTest::summary))
                .containsExactly("plain/peek write review accepted", "plain/poke write review accepted");
    }

    @Test
    void blockedToolIsDeniedByARuleWithItsReason() {
        // When
        var answer = console.post("/api/v1/tools/plain/block", "{\"tools\": [\"poke\"], \"reason\": \"It leaks.\"}");

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(console.get("/api/v1/policy").body()).isEqualTo(DOCUMENT + """
                  - {id: blocked-on-plain, description: "It leaks.", match: {routes: ["plain"]}, deniedTools: ["poke"]}
                """);
        var tool = get("/plain/poke");
        assertThat(tool.path("state").asString()).isEqualTo("blocked");
        assertThat(tool.path("blockedBy").toString()).isEqualTo("[\"blocked-on-plain\"]");
    }

    @Test
    void draftWithOtherWorkGetsTheDecisionToo() {
        // Given
        console.send("PUT", "/api/v1/policy/draft", "application/yaml", DOCUMENT + "  - {id: other, readOnly: true}\n");

        // When
        var answer = put("plain/peek", "{\"class\": \"read\"}");

        // Then
        assertThat(json(answer).path("draft").asString()).isEqualTo("changed");
        assertThat(console.get("/api/v1/policy/draft").body())
                .contains("id: other", "\"peek\": {class: read}")
                .isNotEqualTo(console.get("/api/v1/policy").body());
    }

    @Test
    void draftThatDoesNotTakeItIsLeft() {
        // Given
        console.send(
                "PUT",
                "/api/v1/policy/draft",
                "application/yaml",
                DOCUMENT.replace("  plain: {upstream: sandbox, authentication: open} # nobody knows it\n", ""));

        // When
        var answer = put("plain/peek", "{\"class\": \"read\"}");

        // Then
        assertThat(json(answer).path("draft").asString()).isEqualTo("left");
        assertThat(json(answer).path("published").asBoolean()).isTrue();
        assertThat(console.get("/api/v1/policy/draft").body()).doesNotContain("peek");
    }

    @Test
    void staleWriterIsRefused() {
        var answer = console.send(console.request("/api/v1/tools/plain/peek")
                .header("Content-Type", "application/json")
                .header("If-Match", "\"version-0\"")
                .PUT(java.net.http.HttpRequest.BodyPublishers.ofString("{\"class\": \"read\"}")));

        assertThat(answer.statusCode()).isEqualTo(412);
        assertThat(console.get("/api/v1/policy").body()).isEqualTo(DOCUMENT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plain/peek    | {}                                  | 400 | class, definition: (expected: at least one
            plain/peek    | {"class": "harmless"}               | 400 | class: harmless (expected: one of read, write
            plain/peek    | {"definition": "latest"}            | 400 | definition: latest (expected: current, or
            plain/nothing | {"class": "read"}                   | 404 | No list of plain has named a tool nothing
            nowhere/peek  | {"class": "read"}                   | 404 | The policy in force has no route nowhere
            """)
    void whatIsWrongIsNamed(String tool, String body, int status, String detail) {
        var refused = put(tool, body);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
        assertThat(json(refused).path("detail").asString()).startsWith(detail);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            accept | {}                                          | 400
            accept | {"tools": [], "reason": "x"}                | 400
            accept | {"tools": ["peek"], "readOnlyClaims": true} | 400
            accept | {"tools": ["nothing"]}                      | 404
            accept | {"claims": {}}                              | 400
            accept | {"claims": {"nothing": "sha256:0"}}         | 404
            accept | {"claims": {"poke": "sha256:0"}}            | 409
            accept | {"claims": {"peek": "x"}, "tools": ["peek"]} | 400
            block  | {"tools": ["peek"]}                         | 400
            block  | {"tools": [], "reason": "x"}                | 400
            """)
    void decisionsAboutSeveralAreChecked(String verb, String body, int status) {
        assertThat(console.post("/api/v1/tools/plain/" + verb, body).statusCode())
                .isEqualTo(status);
    }

    @Test
    void auditorReadsAndDecidesNothing() {
        var token = console.tokenWith("AUDITOR");
        var read = console.send(java.net.http.HttpRequest.newBuilder(console.uri("/api/v1/tools"))
                .header("Authorization", "Bearer " + token));
        var write = console.send(java.net.http.HttpRequest.newBuilder(console.uri("/api/v1/tools/plain/peek"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .PUT(java.net.http.HttpRequest.BodyPublishers.ofString("{\"class\": \"read\"}")));

        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(write.statusCode()).isEqualTo(403);
    }

    private void seen(String route, String tool, String definition, String text, OffsetDateTime at, Boolean hint) {
        sql.insertInto(TOOLS)
                .values(route, tool, at, at, 1L)
                .onConflict()
                .doUpdate()
                .set(TOOLS.LAST_SEEN_AT, at)
                .execute();
        sql.insertInto(TOOL_DEFINITIONS)
                .set(TOOL_DEFINITIONS.ROUTE, route)
                .set(TOOL_DEFINITIONS.TOOL, tool)
                .set(TOOL_DEFINITIONS.DEFINITION, definition)
                .set(TOOL_DEFINITIONS.TEXT, text)
                .set(TOOL_DEFINITIONS.CHARACTERS, text.length())
                .set(TOOL_DEFINITIONS.READ_ONLY_HINT, hint)
                .set(TOOL_DEFINITIONS.FIRST_SEEN_AT, at)
                .set(TOOL_DEFINITIONS.LAST_SEEN_AT, at)
                .set(TOOL_DEFINITIONS.LISTINGS, 1L)
                .execute();
    }

    private JsonNode get(String path) {
        var response = console.get("/api/v1/tools" + path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    private HttpResponse<String> put(String tool, String body) {
        return console.send("PUT", "/api/v1/tools/" + tool, "application/json", body);
    }

    private static JsonNode json(HttpResponse<String> response) {
        return RunningConsole.json(response);
    }

    private static OffsetDateTime at(JsonNode tool, String key) {
        return OffsetDateTime.parse(tool.path(key).asString()).withOffsetSameInstant(ZoneOffset.UTC);
    }

    private static String summary(JsonNode tool) {
        return "%s/%s %s %s %s"
                .formatted(
                        tool.path("route").asString(),
                        tool.path("name").asString(),
                        tool.path("class").asString(),
                        tool.path("classSource").asString(),
                        tool.path("state").asString());
    }
}

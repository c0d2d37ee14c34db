package dev.portcullis.console.evaluation;

import static dev.portcullis.database.gateway.Tables.TOOLS;
import static dev.portcullis.database.gateway.Tables.TOOL_DEFINITIONS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.policy.OccupiedTurns;
import dev.portcullis.console.replay.RecordedExchanges;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.OffsetDateTime;
import java.util.UUID;

class EvaluationApiTest {
    private static final String PATH = "/api/v1/policy/evaluate";
    private static final String RULES = """
              - id: freeze
                match:
                  groups: [platform]
                  tools: [run_action]
                  arguments: {/properties/environment: [prod]}
                  time: {days: [fri], zone: Europe/Berlin}
                deny: true
              - id: everyone-reads
                readOnly: true
                except: {groups: [platform]}
              - {id: slowly, match: {callers: [dana]}, limit: {calls: 5, per: minute, by: caller}}
              - {id: actions, allowedActions: [deploy, build]}
            """;

    private final RunningConsole console = RunningConsole.shared();

    @Test
    void everyKeyThatDoesNotMatchIsToldWithWhatTheRequestHasThere() {
        // When
        var answer = explain("""
                "route": "port-eu", "tool": "run_action", "time": "2026-11-25T22:30:00Z",
                "caller": {"subject": "dana", "groups": ["developers", "ops"]},
                "arguments": {"actionIdentifier": "deploy", "properties": {"environment": "dev"}}""");

        // Then
        var freeze = answer.at("/rules/0");
        assertThat(freeze.path("matched").asBoolean()).isFalse();
        assertThat(freeze.path("says").asString())
                .contains("groups: the rule wants platform, the request has developers or ops")
                .contains("/properties/environment: \"dev\"")
                .contains("the request has wed 23:30 Europe/Berlin")
                .doesNotContain("tools:");
        var reads = answer.at("/rules/1");
        assertThat(reads.path("refuses").asBoolean()).isTrue();
        assertThat(reads.at("/because/0").asString()).isEqualTo("execute");
        assertThat(reads.at("/exception/0/wants/0").asString()).isEqualTo("platform");
        assertThat(answer.at("/tool/actions/0").asString()).isEqualTo("deploy");
        assertThat(answer.at("/tool/source").asString()).isEqualTo("profile");
        assertThat(answer.path("policy").asString()).isEqualTo("document");
    }

    @Test
    void allowedCallIsToldWithHeadersLimitsAndVisibleTools() {
        // When
        var answer = explain("""
                "route": "port-eu", "tool": {"name": "list_entities", "readOnlyHint": true},
                "caller": {"subject": "dana"}""");

        // Then
        assertThat(answer.path("decision").asString()).isEqualTo("allow");
        assertThat(answer.path("headers").toString())
                .isEqualTo("{\"x-allowed-actions-to-run\":\"build,deploy\",\"x-read-only-mode\":\"1\"}");
        assertThat(answer.at("/limits/0").toString())
                .isEqualTo(
                        "{\"rule\":\"slowly\",\"mode\":\"enforce\",\"calls\":5,\"per\":\"minute\",\"by\":\"caller\",\"left\":5}");
        assertThat(answer.path("visibleTools").valueStream().map(JsonNode::asString))
                .contains("list_entities")
                .doesNotContain("upsert_entity", "run_action");
        assertThat(answer.path("toolsKnownFrom").asString()).isEqualTo("profile, reviews and catalogue");
    }

    /// Whoever may only look may ask, as often as they like.
    @Test
    void manyQuestionsAtOnceDoNotTakeTheConsole() throws Exception {
        // Given
        try (var _ = new OccupiedTurns(console)) {
            // When
            var asked = console.post(PATH, "{\"route\": \"port-eu\"}");
            var tested = console.post("/api/v1/policy/tests/run", "{}");

            // Then
            assertThat(asked.statusCode()).isEqualTo(503);
            assertThat(asked.headers().firstValue("retry-after")).isPresent();
            assertThat(RunningConsole.json(asked).path("detail").asString()).contains("come again");
            assertThat(tested.statusCode()).isEqualTo(503);
        }
        assertThat(explain("\"route\": \"port-eu\"").path("decision").asString())
                .isEqualTo("allow");
    }

    @Test
    void toolThatOnlyListsHaveShownIsAmongTheVisibleOnes() {
        // Given
        var at = OffsetDateTime.parse("2026-11-23T08:00:00Z");
        var sql = DSL.using(console.database().dataSource(), SQLDialect.POSTGRES);
        sql.insertInto(TOOLS).values("port-eu", "only_listed", at, at, 1L).execute();
        sql.insertInto(TOOL_DEFINITIONS)
                .set(TOOL_DEFINITIONS.ROUTE, "port-eu")
                .set(TOOL_DEFINITIONS.TOOL, "only_listed")
                .set(TOOL_DEFINITIONS.DEFINITION, "sha256:" + "0".repeat(64))
                .set(TOOL_DEFINITIONS.CHARACTERS, 0)
                .set(TOOL_DEFINITIONS.FIRST_SEEN_AT, at)
                .set(TOOL_DEFINITIONS.LAST_SEEN_AT, at)
                .set(TOOL_DEFINITIONS.LISTINGS, 1L)
                .execute();

        // When
        var asPlatform = explain("""
                "route": "port-eu", "tool": "list_entities", "caller": {"subject": "ada", "groups": ["platform"]}""");
        var asDeveloper = explain("""
                "route": "port-eu", "tool": "list_entities", "caller": {"subject": "dana"}""");

        // Then
        assertThat(asPlatform.path("visibleTools").toString()).contains("\"only_listed\"");
        assertThat(asDeveloper.path("visibleTools").toString()).doesNotContain("only_listed");
    }

    @Test
    void recordedExchangeIsExplainedUnderAnotherPolicy() {
        // Given
        var records = new RecordedExchanges(OffsetDateTime.parse("2025-04-01T00:00:00Z"));
        var digests = records.digests();
        var call = records.allowed(
                "ada",
                "list_entities",
                "{\"password\": \"[redacted]\"}",
                "{\"subject\": \"tool_call\", \"arguments\": {\"key\": \"%s\", \"hidden\": [{\"at\": \"/password\","
                                .formatted(digests.keyName())
                        + " \"kind\": \"string\", \"digest\": \"%s\"}]}}".formatted(digests.ofText("hunter2")));
        var rules = """
                  - {id: known, match: {arguments: {/password: [hunter2]}}, deny: true}
                  - {id: like, match: {arguments: {/password: {matches: x}}}, deny: true}
                """;

        // When
        var answer = explain(rules, "\"exchange\": \"" + call + "\"");

        // Then
        assertThat(answer.at("/denials/0/rule").asString()).isEqualTo("known");
        assertThat(answer.at("/rules/1/says").asString()).contains("the request has /password: hidden");
        assertThat(explain(rules.replace("hunter2", "other"), "\"exchange\": \"" + call + "\"")
                        .path("uncertain")
                        .asString())
                .isEqualTo("it depends on arguments that the record hides: like");
    }

    @Test
    void recordThatSaysTooLittleIsAnError() {
        // Given
        var records = new RecordedExchanges(OffsetDateTime.parse("2025-04-02T00:00:00Z"));

        // Then
        assertThat(ofRecord(records.malformed(), 400)).contains("before the policy was asked");
        assertThat(ofRecord(records.withoutFacts("ada", "list_entities"), 400))
                .contains("from before such facts were kept");
        assertThat(ofRecord(UUID.randomUUID(), 404)).contains("There is no record");
    }

    @Test
    void whatCannotBeAskedIsNamedByItsPlace() {
        assertThat(detail("{\"route\": \"port-eu\", \"toool\": \"x\"}", 400)).startsWith("/toool: unknown");
        assertThat(detail("{\"route\": \"port-eu\", \"caller\": {\"groups\": [\"a\", 5]}}", 400))
                .isEqualTo("/caller/groups/1: 5 (expected: a text)");
        assertThat(detail("{\"route\": \"port-eu\", \"client\": {\"address\": \"example.org\"}}", 400))
                .isEqualTo("/client/address: \"example.org\" (expected: an IP address)");
        assertThat(detail("{\"route\": \"port-eu\", \"time\": \"noon\"}", 400)).startsWith("/time: \"noon\"");
        assertThat(detail("{\"route\": \"port-eu\", \"arguments\": {}}", 400)).startsWith("/tool: missing");
        assertThat(detail("{\"route\": \"port-eu\", \"tool\": \"x\", \"arguments\": []}", 400))
                .startsWith("/arguments: []");
        assertThat(detail("{\"route\": \"port-eu\", \"prompt\": \"x\"}", 400)).startsWith("/method: missing");
        assertThat(detail("{\"route\": \"port-eu\", \"tool\": {\"name\": \"x\", \"definition\": \"1\"}}", 400))
                .startsWith("/tool/definition: \"1\"");
        assertThat(detail("{", 400)).startsWith("The body is not JSON");
    }

    private JsonNode explain(String request) {
        return explain(RULES, request);
    }

    private String ofRecord(UUID exchange, int status) {
        return detail(body(RULES, "\"exchange\": \"" + exchange + "\""), status);
    }

    private static String body(String rules, String request) {
        var document = """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  port-eu: {upstream: sandbox, profile: port}
                rules:
                """ + rules;
        return "{\"policy\": " + JsonMapper.shared().writeValueAsString(document) + ", " + request + "}";
    }

    private JsonNode explain(String rules, String request) {
        var response = console.post(PATH, body(rules, request));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return RunningConsole.json(response);
    }

    private String detail(String body, int status) {
        var response = console.post(PATH, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return RunningConsole.json(response).path("detail").asString();
    }
}

package dev.portcullis.console.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.access.Roles;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

class ReplayApiTest {
    private static final AtomicInteger DAY = new AtomicInteger();
    private static final String PATH = "/api/v1/policy/replay";

    private final RunningConsole console = RunningConsole.shared();
    private final RecordedExchanges records =
            new RecordedExchanges(OffsetDateTime.parse("2025-03-01T00:00:00Z").plusDays(DAY.getAndIncrement()));

    @Test
    void whatChangesIsToldByCallerToolAndRule() {
        // Given
        records.allowed("ada", "list_entities", "{}");
        var first = records.allowed("bob", "upsert_entity", "{}");
        records.allowed("bob", "upsert_entity", "{}");
        var refused = records.denied("eve", "run_action", "read-only-by-default");

        // When
        var found = findings(replay(", \"samples\": 1", """
                  - {id: no-upserts, match: {tools: [upsert_entity]}, deny: true}
                  - {id: watched, mode: observe, match: {tools: [list_entities]}, deny: true}
                """));

        // Then
        assertThat(found.at("/records").asInt()).isEqualTo(4);
        assertThat(found.at("/same/allowed").asInt()).isEqualTo(1);
        assertThat(found.at("/newlyRefused/count").asInt()).isEqualTo(2);
        assertThat(found.at("/newlyRefused/groups/0").toString())
                .isEqualTo(
                        "{\"route\":\"port-eu\",\"caller\":\"bob\",\"method\":\"tools/call\",\"tool\":\"upsert_entity\","
                                + "\"rule\":\"no-upserts\",\"count\":2,\"samples\":[\"" + first + "\"]}");
        assertThat(found.at("/newlyAllowed/groups/0/rule").asString()).isEqualTo("read-only-by-default");
        assertThat(found.at("/newlyAllowed/groups/0/samples/0").asString()).isEqualTo(refused.toString());
        assertThat(found.at("/observed/groups/0/rule").asString()).isEqualTo("watched");
    }

    @Test
    void whatIsNoMatterOfTheDocumentIsLeftOut() {
        // Given
        records.denied("ada", "list_entities", "kill:1", "some-rule");
        records.denied("ada", "list_entities", "gateway:undecided");
        records.malformed();
        records.allowed("ada", "list_entities", "{}", "{\"subject\": \"later\"}");

        // When
        var found = findings(replay("", "  - {id: all, deny: true}\n"));

        // Then
        assertThat(found.path("skipped")
                        .valueStream()
                        .map(reason -> reason.path("reason").asString()))
                .containsExactlyInAnyOrder(
                        "refused by a kill",
                        "refused by the gateway itself",
                        "refused before the policy was asked",
                        "refused for what came later: a question of the server, or a stream cut off");
        assertThat(found.at("/newlyRefused/count").asInt()).isZero();
    }

    @Test
    void refusalByLimitsAloneIsLeftOut() {
        // Given
        console.send("PUT", "/api/v1/policy/draft", "application/yaml", RunningConsole.DOCUMENT.formatted("x") + """
                  - {id: few, limit: {calls: 5, per: hour, by: caller}}
                  - {id: fewer, limit: {calls: 9, per: day, by: caller}}
                """);
        var version = RunningConsole.json(console.post("/api/v1/policy/publish", "{\"comment\": \"limits\"}"))
                .path("version")
                .asLong();
        records.deniedUnder(version, "few");
        records.deniedUnder(version, "few", "fewer");
        records.deniedUnder(version, "few", "read-only-by-default");

        // When
        var found = findings(replay("", "  - {id: all, deny: true}\n"));

        // Then
        assertThat(found.path("skipped").valueStream()).singleElement().satisfies(skipped -> {
            assertThat(skipped.path("reason").asString()).isEqualTo("refused by a limit");
            assertThat(skipped.path("count").asInt()).isEqualTo(2);
        });
        assertThat(found.at("/same/refused").asInt()).isEqualTo(1);
    }

    @Test
    void hiddenValueIsRecognizedByItsDigest() {
        // Given
        var digests = records.digests();
        var facts = """
                {"subject": "tool_call", "arguments": {"key": "%s", "hidden": [
                  {"at": "/password", "kind": "string", "digest": "%s"}]}}""".formatted(digests.keyName(), digests.ofText("hunter2"));
        var call = records.allowed("ada", "list_entities", "{\"password\": \"[redacted]\"}", facts);

        // When
        var equal = findings(replay("", "  - {id: known, match: {arguments: {/password: [hunter2]}}, deny: true}\n"));
        var other = findings(replay("", "  - {id: known, match: {arguments: {/password: [x]}}, deny: true}\n"));
        var pattern =
                findings(replay("", "  - {id: like, match: {arguments: {/password: {matches: ter}}}, deny: true}\n"));

        // Then
        assertThat(equal.at("/newlyRefused/groups/0/samples/0").asString()).isEqualTo(call.toString());
        assertThat(other.at("/same/allowed").asInt()).isEqualTo(1);
        assertThat(pattern.at("/unknown/0/reason").asString())
                .isEqualTo("it depends on arguments that the record hides: like");
        assertThat(pattern.at("/unknown/0/samples/0").asString()).isEqualTo(call.toString());
    }

    @Test
    void recordThatDoesNotSayWhatWasAskedIsNotDecided() {
        // Given
        records.withoutFacts("ada", "list_entities");
        records.allowed("ada", "list_entities", "{}", "{\"subject\": \"tool_call\", \"altered\": [\"tool\"]}");
        records.allowed("ada", "list_entities", "{}", "{\"subject\": \"dream\"}");

        // When
        var found = findings(replay("", "  - {id: all, deny: true}\n"));

        // Then
        assertThat(found.path("unknown")
                        .valueStream()
                        .map(reason -> reason.path("reason").asString()))
                .containsExactlyInAnyOrder(
                        "the record is from before such facts were kept",
                        "the record hides a part of the question: tool",
                        "the facts in the record cannot be understood");
    }

    @Test
    void callOfARouteThatIsGoneIsNewlyRefused() {
        // Given
        records.allowed("ada", "list_entities", "{}");

        // When
        var response = post(", \"policy\": {\"apiVersion\": \"portcullis/v1\", \"organization\": \"acme\"}");

        // Then
        assertThat(findings(response).at("/newlyRefused/groups/0/rule").asString())
                .isEqualTo("gateway:unknown_route");
    }

    @Test
    void publishedPolicyCanBeTheBaseline() {
        // Given
        console.send("PUT", "/api/v1/policy/draft", "application/yaml", RunningConsole.DOCUMENT.formatted("x"));
        console.post("/api/v1/policy/publish", "{\"comment\": \"baseline\"}");
        records.allowed("ada", "upsert_entity", "{}");

        // When
        var recorded = findings(post(", \"policy\": \"published\""));
        var published = findings(post(", \"policy\": \"published\", \"baseline\": \"published\""));

        // Then
        assertThat(recorded.at("/newlyRefused/count").asInt()).isEqualTo(1);
        assertThat(published.at("/same/refused").asInt()).isEqualTo(1);
    }

    @Test
    void limitIsSaid() {
        // Given
        records.many(5);

        // When
        var status = RunningConsole.json(replay(", \"limit\": 3", "  - {id: all, deny: true}\n"));

        // Then
        assertThat(status.path("complete").asBoolean()).isFalse();
        assertThat(status.path("until").asString()).endsWith("02Z");
        assertThat(status.at("/findings/records").asInt()).isEqualTo(3);
    }

    @Test
    void replayInTheBackgroundCanBeAskedForAndEnded() {
        // Given
        records.many(10);

        // When
        var begun = replay(", \"background\": true", "  - {id: all, deny: true}\n");
        var place = PATH + "/" + RunningConsole.json(begun).path("id").asString();

        // Then
        assertThat(begun.statusCode()).isIn(200, 202);
        assertThat(console.get(place).statusCode()).isEqualTo(200);
        assertThat(console.send(console.request(place).DELETE()).statusCode()).isEqualTo(204);
        assertThat(console.get(PATH + "/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
    }

    @Test
    void wrongOrderIsAClearError() {
        assertThat(detail(console.post(PATH, "{\"from\": \"2026-01-02T00:00:00Z\", \"to\": \"2026-01-01T00:00:00Z\"}")))
                .isEqualTo("from: 2026-01-02T00:00:00Z (expected: before to, which is 2026-01-01T00:00:00Z)");
        assertThat(detail(console.post(PATH, "{\"since\": 1}"))).startsWith("/since: unknown (expected: one of");
        assertThat(detail(post(", \"samples\": 101"))).isEqualTo("/samples: 101 (expected: a number, 0 to 100)");
        assertThat(detail(post(", \"policy\": \"tomorrow\""))).startsWith("/policy: \"tomorrow\" (expected:");
        assertThat(post(", \"policy\": 999999").statusCode()).isEqualTo(404);
        var invalid = post(", \"policy\": {\"apiVersion\": \"portcullis/v1\"}");
        assertThat(invalid.statusCode()).isEqualTo(422);
        assertThat(RunningConsole.json(invalid).at("/errors/0/path").asString()).isEqualTo("/organization");
    }

    @Test
    void whoHasNoRoleReplaysNothing() {
        assertThat(status(console.tokenWith())).isEqualTo(403);
        assertThat(status(console.tokenWith(Roles.AUDITOR))).isEqualTo(200);
    }

    private int status(String token) {
        return console.send(HttpRequest.newBuilder(console.uri(PATH))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(records.order(policy("  - {id: all, deny: true}\n")))))
                .statusCode();
    }

    private HttpResponse<String> replay(String rest, String rules) {
        return post(rest + policy(rules));
    }

    private static String policy(String rules) {
        var document = """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  port-eu: {upstream: sandbox, profile: port}
                rules:
                """ + rules;
        return ", \"policy\": " + JsonMapper.shared().writeValueAsString(document);
    }

    private HttpResponse<String> post(String rest) {
        return console.post(PATH, records.order(rest));
    }

    private static JsonNode findings(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return RunningConsole.json(response).path("findings");
    }

    private static String detail(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        return RunningConsole.json(response).path("detail").asString();
    }
}

package dev.portcullis.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `portcullis policy explain` and `replay`, against a console that is played.
class PolicyQuestionsTest {
    @TempDir
    private Path folder;

    private final List<String> requests = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private HttpServer console;

    @BeforeEach
    void start() throws IOException {
        console = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        console.createContext("/", this::answer);
        console.start();
        Files.writeString(
                folder.resolve("console-url"),
                "http://127.0.0.1:" + console.getAddress().getPort() + "/\n");
        Files.writeString(folder.resolve("admin-token"), "pct_token\n");
    }

    @AfterEach
    void stop() {
        console.stop(0);
    }

    @Test
    void explanationIsReadable() {
        // Given
        answers.add("""
                {"decision": "deny", "policy": "published", "policyVersion": 3,
                 "tool": {"name": "upsert_entity", "toolClass": "write", "source": "profile", "review": "new", "actions": []},
                 "denials": [{"rule": "reads", "restriction": "readOnly", "message": "Off."}], "observed": [],
                 "rules": [{"rule": "reads", "says": "reads: refuses (readOnly, enforce) because of write", "exception":
                              [{"key": "groups", "wants": ["platform"], "has": []}]}],
                 "visibleTools": ["list_entities"], "toolsKnownFrom": "profile, reviews and catalogue"}""");

        // When
        var ended = run(
                "explain",
                "--route",
                "port-eu",
                "--tool",
                "upsert_entity",
                "--arguments",
                "{\"a\": 1}",
                "--caller",
                "dana",
                "--group",
                "dev",
                "--wish-read-only");

        // Then
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).isEqualTo("""
                Refused by published (version 3)
                  refused by reads (readOnly): Off.
                Tool upsert_entity: class write (profile), definition new
                Rules:
                  reads: refuses (readOnly, enforce) because of write
                    its exception by groups wants platform, the request has nothing
                Visible tools (of those known from profile, reviews and catalogue): list_entities
                """);
        assertThat(requests)
                .containsExactly(
                        "POST /api/v1/policy/evaluate {\"route\":\"port-eu\",\"tool\":{\"name\":\"upsert_entity\"},"
                                + "\"arguments\":{\"a\":1},\"caller\":{\"subject\":\"dana\",\"groups\":[\"dev\"]},"
                                + "\"headers\":{\"readOnlyMode\":[\"1\"]}}");
    }

    @Test
    void allowedCallIsToldWithItsHeadersAndLimits() {
        // Given
        answers.add("""
                {"decision": "allow", "policy": "draft", "policyVersion": 4,
                 "headers": {"x-allowed-actions-to-run": "build,deploy", "x-read-only-mode": "1"},
                 "limits": [{"rule": "slowly", "mode": "enforce", "calls": 5, "per": "minute", "by": "caller", "left": 4},
                            {"rule": "watched", "mode": "observe", "calls": 9, "per": "hour", "by": "tool", "left": 9}]}""");

        // When
        var ended = run("explain", "--route", "port-eu", "--tool", "list_entities", "--policy", "draft");

        // Then
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).isEqualTo("""
                Allowed by draft (version 4)
                Goes upstream with:
                  x-allowed-actions-to-run: build,deploy
                  x-read-only-mode: 1
                Counts against:
                  slowly: 5 calls per minute by caller (enforce)
                  watched: 9 calls per hour by tool (observe)
                """);
    }

    @Test
    void requestOnRecordNeedsNoOtherOption() {
        answers.add("{\"decision\": \"allow\", \"policy\": \"draft\", \"policyVersion\": 4}");
        assertThat(run("explain", "--exchange", "e1", "--policy", "draft").code())
                .isZero();
        assertThat(requests.getFirst()).endsWith("{\"exchange\":\"e1\",\"policy\":\"draft\"}");
    }

    @Test
    void requestWithoutRouteIsWrongUsage() {
        assertThat(run("explain", "--tool", "x").code()).isEqualTo(2);
        assertThat(run("explain", "--route", "x", "--tool", "x", "--arguments", "{")
                        .errors())
                .contains("--arguments { (expected: a JSON object)");
    }

    @Test
    void replayIsWaitedForAndReadable() {
        // Given
        answers.add("{\"id\": \"r1\", \"state\": \"running\"}");
        answers.add("""
                {"id": "r1", "state": "finished", "from": "2026-01-01T00:00:00Z", "to": "2026-01-02T00:00:00Z",
                 "policy": "draft", "baseline": "recorded", "complete": true, "seconds": 1.5,
                 "findings": {"records": 9, "same": {"allowed": 5, "refused": 1},
                   "newlyRefused": {"count": 2, "groups": [{"route": "port-eu", "caller": "ci", "method": "tools/call",
                      "tool": "run_action", "rule": "freeze", "count": 2, "samples": ["e1", "e2"]}]},
                   "newlyAllowed": {"count": 0, "groups": []}, "observed": {"count": 0, "groups": []},
                   "unknown": [{"reason": "too old", "count": 1, "samples": []}], "skipped": []}}""");

        // When
        var ended = run("replay", "--from", "2026-01-01T00:00:00Z", "--samples", "2");

        // Then
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).isEqualTo("""
                9 records from 2026-01-01T00:00:00Z to 2026-01-02T00:00:00Z under the draft, compared with what was \
                recorded: 5 allowed and 1 refused as before (1.5 s).

                Newly refused: 2
                       2  freeze: run_action by ci at port-eu
                          e1, e2

                Could not be decided again:
                       1  too old
                """);
        assertThat(requests)
                .containsExactly(
                        "POST /api/v1/policy/replay {\"background\":true,\"from\":\"2026-01-01T00:00Z\",\"samples\":2}",
                        "GET /api/v1/policy/replay/r1 ");
    }

    @Test
    void replayOfAFileThatChangesNothingIsFine() throws IOException {
        // Given
        answers.add("{\"id\": \"r1\", \"state\": \"finished\", \"findings\": {}}");
        var file = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: portcullis/v1
                organization: acme
                """);

        // Then
        assertThat(run("replay", file.toString()).code()).isZero();
        assertThat(requests.getFirst()).contains("\"policy\":\"apiVersion: portcullis/v1\\norganization: acme\\n\"");
        assertThat(run("replay", file.toString(), "--policy", "draft").code()).isEqualTo(2);
    }

    @Test
    void replayThatFailsIsARefusal() {
        answers.add("{\"id\": \"r1\", \"state\": \"failed\", \"reason\": \"no database\"}");
        assertThat(run("replay").errors()).contains("The replay failed: no database");
    }

    private record Ended(int code, String out, String errors) {}

    private Ended run(String... arguments) {
        var words = new ArrayList<>(List.of("policy"));
        words.addAll(List.of(arguments));
        words.addAll(List.of("--data", folder.toString()));
        var out = new StringWriter();
        var errors = new StringWriter();
        int code = PortcullisCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(words.toArray(String[]::new));
        return new Ended(code, out.toString(), errors.toString());
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
        var bytes = answers.removeFirst().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        try (exchange;
                var stream = exchange.getResponseBody()) {
            stream.write(bytes);
        }
    }
}

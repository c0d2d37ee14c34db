package dev.portcullis.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayInputStream;
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

/// The commands for documents, before a console that is played.
class PolicyCommandsTest {
    private static final String POLICY = """
            apiVersion: portcullis/v1
            organization: acme

            routes:
              port-eu:
                upstream: sandbox
                profile: port

            rules: []
            """;
    private static final String DOUBTFUL =
            POLICY.replace("rules: []", "rules: [{id: a, match: {groups: []}, deny: true}]");

    @TempDir
    private Path folder;

    private final List<String> requests = new ArrayList<>();
    private HttpServer console;
    private String inForce = POLICY.replace("acme", "ajax");
    private int putStatus = 201;
    private String putAnswer = "{\"version\": 4}";
    private int validationStatus = 200;
    private String validation = "{\"valid\": true, \"warnings\": []}";

    private record Ended(int code, String out, String errors) {}

    @BeforeEach
    void start() throws IOException {
        console = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        console.createContext("/", this::answer);
        console.start();
        Files.writeString(folder.resolve("console-url"), console() + "\n");
        Files.writeString(folder.resolve("admin-token"), "pct_token\n");
    }

    @AfterEach
    void stop() {
        console.stop(0);
    }

    @Test
    void severalFilesAreCheckedAndToldToScripts() throws IOException {
        // Given
        var good = file("good.yaml", POLICY);
        var bad = file("bad.yaml", POLICY.replace("rules: []", "rules: [{id: a, readonly: true}]"));

        // When
        var ended = run("policy", "validate", good, bad, "--json");

        // Then
        assertThat(ended.code()).isEqualTo(1);
        var report = JsonMapper.shared().readTree(ended.out());
        assertThat(report.path("valid").asBoolean()).isFalse();
        assertThat(report.at("/files/0/valid").asBoolean()).isTrue();
        var error = report.at("/files/1/errors/0");
        assertThat(error.path("path").asString()).isEqualTo("/rules/0/readonly");
        assertThat(error.path("line").asInt()).isEqualTo(9);
        assertThat(error.path("suggestion").asString()).isEqualTo("readOnly");
        assertThat(run("policy", "validate", good, "nowhere.yaml").code()).isEqualTo(2);
    }

    @Test
    void warningsFailWhenTheyShall() throws IOException {
        var doubtful = file("doubtful.yaml", DOUBTFUL);

        assertThat(run("policy", "validate", doubtful).code()).isZero();
        var strict = run("policy", "validate", doubtful, "--strict");
        assertThat(strict.code()).isEqualTo(1);
        assertThat(strict.errors()).contains("warning: line 9: /rules/0/match/groups");
    }

    @Test
    void consoleIsAskedWhenOneIsNamed() throws IOException {
        // Given
        validation = """
                {"valid": true, "warnings": [{"path": "/routes/port-eu", "line": 5, "value": "port-eu",
                 "expected": "a route that somebody calls", "suggestion": null}]}""";
        var policy = file("policy.yaml", POLICY);

        // When
        var alone = run("policy", "validate", policy);
        var asked = run("policy", "validate", policy, "--url", console(), "--token", "pct_token");

        // Then
        assertThat(alone.out()).isEqualTo(policy + " is valid: routes 1, rules 0.\n");
        assertThat(asked.code()).isZero();
        assertThat(asked.out())
                .isEqualTo(
                        policy + ": warning: line 5: /routes/port-eu: port-eu (expected: a route that somebody calls)\n"
                                + alone.out());
        assertThat(requests).containsExactly("POST /api/v1/policy/validate " + POLICY);
        assertThat(run("policy", "validate", policy, "--data", folder.toString(), "--strict")
                        .code())
                .isEqualTo(1);
    }

    @Test
    void errorsThatTheConsoleFindsAreToldLikeOthers() throws IOException {
        // Given
        validationStatus = 422;
        validation = """
                {"detail": "The policy document is not valid; see errors.", "errors": [
                 {"path": "/rules", "line": 3, "value": "x", "expected": "a list"},
                 {"path": "/rule", "line": 4, "value": "rule", "expected": "a key", "suggestion": "rules"}]}""";
        var policy = file("policy.yaml", POLICY);

        // When
        var ended = run("policy", "validate", policy, "--data", folder.toString());
        var json = run("policy", "validate", policy, "--data", folder.toString(), "--json");

        // Then
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errors()).isEqualTo("""
                %1$s: line 3: /rules: x (expected: a list)
                %1$s: line 4: /rule: rule (expected: a key; did you mean rules?)
                """.formatted(policy));
        assertThat(json.code()).isEqualTo(1);
        var error = JsonMapper.shared().readTree(json.out()).at("/files/0/errors/1");
        assertThat(error.path("suggestion").asString()).isEqualTo("rules");
    }

    @Test
    void whatIsNotValidHereIsNotValidBecauseAConsoleSaysSo() throws IOException {
        // A console that is sent nothing answers for its draft.
        assertThat(run("policy", "validate", file("empty.yaml", ""), "--data", folder.toString())
                        .code())
                .isEqualTo(1);
    }

    @Test
    void consoleThatGivesNoAnswerIsNoConsent() throws IOException {
        var policy = file("policy.yaml", POLICY);
        validation = "{}";
        assertThat(run("policy", "validate", policy, "--data", folder.toString())
                        .errors())
                .contains("does not say whether the document is valid");
        validationStatus = 403;
        var refused = run("policy", "validate", policy, "--data", folder.toString());
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.errors()).contains("The console refuses with 403");
        validationStatus = 401;
        assertThat(run("policy", "validate", policy, "--data", folder.toString())
                        .code())
                .isEqualTo(2);
    }

    @Test
    void standardInputIsADocument() {
        var before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(
                    POLICY.replace("rules: []\n", "rules:   []").getBytes(StandardCharsets.UTF_8)));
            assertThat(run("policy", "format", "-").out()).isEqualTo(POLICY);
            System.setIn(new ByteArrayInputStream("rules: [".getBytes(StandardCharsets.UTF_8)));
            assertThat(run("policy", "validate", "-").errors()).startsWith("-: line 1");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void documentIsLaidOutInPlaceUnlessItIsOnlyChecked() throws IOException {
        // Given
        var untidy = file("untidy.yaml", POLICY.replace("acme", "  'acme' # us"));

        // When
        var checked = run("policy", "format", untidy, "--check");

        // Then
        assertThat(checked.code()).isEqualTo(1);
        assertThat(checked.out()).contains("+ organization: acme # us");
        assertThat(Path.of(untidy)).content().contains("'acme'");
        assertThat(run("policy", "format", untidy).out()).isEqualTo("Laid out: " + untidy + ".\n");
        assertThat(Path.of(untidy)).content().isEqualTo(POLICY.replace("acme", "acme # us"));
        assertThat(run("policy", "format", untidy, "--check").code()).isZero();
        assertThat(run("policy", "format", file("bad.yaml", "rules: [")).code()).isEqualTo(1);
    }

    @Test
    void diffSaysFirstWhatChangesInMeaning() throws IOException {
        // Given
        var policy = file("policy.yaml", POLICY);

        // When
        var ended = run("policy", "diff", policy);

        // Then
        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .startsWith("Changed document document: organization ajax → acme\n\n")
                .contains("- organization: ajax\n+ organization: acme\n");
        assertThat(run("policy", "diff", policy, "--exit-code").code()).isEqualTo(1);
        var json = JsonMapper.shared()
                .readTree(run("policy", "diff", policy, "--json").out());
        assertThat(json.at("/changes/0/fields/0/before").asString()).isEqualTo("ajax");
        inForce = POLICY;
        assertThat(run("policy", "diff", policy, "--exit-code").code()).isZero();
    }

    @Test
    void diffKnowsWhatToCompareWith() throws IOException {
        // Given
        var policy = file("policy.yaml", POLICY);

        // When
        run("policy", "diff", policy, "--against", "draft");
        run("policy", "diff", policy, "--against", "7");
        var files = run("policy", "diff", policy, "--against", file("other.yaml", "# us\n" + POLICY));

        // Then
        assertThat(requests).containsExactly("GET /api/v1/policy/draft ", "GET /api/v1/policy/versions/7 ");
        assertThat(files.out()).startsWith("No change in meaning").contains("- # us");
    }

    @Test
    void publicationExpectsTheVersionThatWasInForce() throws IOException {
        // Given
        var policy = file("policy.yaml", POLICY);

        // When
        var ended = run("policy", "publish", policy, "--comment", "why not", "--source", "4f2a9c1");

        // Then
        assertThat(ended.out()).isEqualTo("Published as version 4.\n");
        assertThat(requests.getLast())
                .isEqualTo("PUT /api/v1/policy?comment=why+not&source=4f2a9c1 \"version-3\"" + POLICY);
    }

    @Test
    void whatIsInForceIsNotPublishedAgain() throws IOException {
        inForce = POLICY;

        var ended = run("policy", "publish", file("policy.yaml", POLICY), "--comment", "x");

        assertThat(ended.out()).isEqualTo("Version 3 says this already; nothing was published.\n");
        assertThat(requests).hasSize(1);
    }

    @Test
    void dryRunPublishesNothing() throws IOException {
        var ended = run("policy", "publish", file("policy.yaml", POLICY), "--comment", "x", "--dry-run");

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("organization ajax → acme", "take the place of version 3");
        assertThat(requests).hasSize(1);
    }

    @Test
    void whoeverIsSecondIsToldWhoWasFirst() throws IOException {
        // Given
        putStatus = 412;
        putAnswer = """
                {"detail": "stale", "version": 9, "author": "ada", "publishedAt": "2026-11-26T10:00:00Z", "comment": "Freeze"}""";
        var policy = file("policy.yaml", POLICY);

        // When
        var ended = run("policy", "publish", policy, "--comment", "x");

        // Then
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errors())
                .contains("version 9 by ada on 2026-11-26T10:00:00Z, “Freeze”. Nothing was written.", "--if-match 9");
        var other = run("policy", "publish", policy, "--comment", "x", "--if-match", "2");
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.errors()).contains("Version 3 is in force, not 2.");
    }

    @Test
    void refusalIsToldWithEveryError() throws IOException {
        putStatus = 422;
        putAnswer = """
                {"title": "Invalid", "detail": "The document has errors.",
                 "errors": [{"path": "/rules", "line": 3, "value": "x", "expected": "a list"}]}""";

        var ended = run("policy", "publish", file("policy.yaml", POLICY), "--comment", "why");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errors()).isEqualTo("""
                portcullis: The console refuses with 422: The document has errors.
                  line 3: /rules: x (expected: a list)
                """);
    }

    private String console() {
        return "http://127.0.0.1:" + console.getAddress().getPort() + "/";
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private Ended run(String... arguments) {
        var words = new ArrayList<>(List.of(arguments));
        if (!List.of("validate", "format").contains(arguments[1])) {
            words.addAll(List.of("--data", folder.toString()));
        }
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
        var expected = exchange.getRequestHeaders().getFirst("If-Match");
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + (expected == null ? "" : expected) + body);
        var answer = switch (exchange.getRequestMethod()) {
            case "PUT" -> putAnswer;
            case "POST" -> validation;
            default -> inForce;
        };
        var status = switch (exchange.getRequestMethod()) {
            case "PUT" -> putStatus;
            case "POST" -> validationStatus;
            default -> 200;
        };
        var bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("portcullis-policy-version", "3");
        exchange.getResponseHeaders().add("ETag", "\"version-3\"");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}

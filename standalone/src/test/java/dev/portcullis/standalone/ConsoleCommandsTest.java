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

/// What commands say to a console, and what they make of its answers. The console is played; the whole
/// product's test uses the real one.
class ConsoleCommandsTest {
    private static final String POLICY = """
            apiVersion: portcullis/v1
            organization: acme
            routes:
              port-eu: {upstream: sandbox, profile: port}
            rules: []
            """;

    @TempDir
    private Path folder;

    private final List<String> requests = new ArrayList<>();
    private HttpServer console;
    private int status = 200;
    private String answer = "{}";

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
    void killTellsItsReasonAndScope() {
        answer = "{\"id\": \"k1\"}";
        var said =
                succeed("kill", "--reason", "incident 7", "--message", "Ask ops.", "--until", "2030-01-01T00:00:00Z");
        assertThat(said).startsWith("Engaged: kill k1.");
        assertThat(requests)
                .containsExactly("POST /api/v1/kills Bearer pct_token {\"scope\":{\"organization\":true},"
                        + "\"reason\":\"incident 7\",\"message\":\"Ask ops.\",\"until\":\"2030-01-01T00:00:00Z\"}");
    }

    @Test
    void killOfRoutesNamesThem() {
        succeed("kill", "--reason", "x", "--route", "port-eu", "--route", "port-us");
        assertThat(requests.getFirst()).endsWith("{\"scope\":{\"routes\":[\"port-eu\",\"port-us\"]},\"reason\":\"x\"}");
    }

    @Test
    void releaseEndsAllThatAreEngaged() {
        answer = """
                {"items": [{"id": "k1", "reason": "x", "scope": {"organization": true}},
                           {"id": "k2", "reason": "y", "scope": {}, "releasedAt": "2026-01-01T00:00:00Z"}]}""";
        assertThat(succeed("release")).isEqualTo("Released: kill k1.\n");
        assertThat(requests).last().asString().startsWith("DELETE /api/v1/kills/k1 Bearer pct_token");
    }

    @Test
    void publishWithRegoSendsTheModulesInBetween() throws IOException {
        // Given
        var folder = Files.createDirectory(Path.of(policy()).resolveSibling("rego"));
        Files.writeString(folder.resolve("a.rego"), "package portcullis.custom");
        answer = "{\"version\": 5}";

        // When
        succeed("policy", "publish", policy(), "--rego", folder.toString(), "--comment", "why");

        // Then
        assertThat(requests).hasSize(4);
        assertThat(requests.get(2))
                .startsWith("PUT /api/v1/policy/draft/modules")
                .contains("\"path\":\"a.rego\"", "\"source\":\"package portcullis.custom\"");
    }

    @Test
    void wrongTokenIsWrongUsage() {
        status = 401;
        var ended = run("status");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.errors()).contains("does not know this token: check --token.");
    }

    @Test
    void consoleThatDoesNotAnswerIsOneSentence() {
        console.stop(0);
        var ended = run("status");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errors()).startsWith("portcullis: There is no console at http://127.0.0.1:");
    }

    @Test
    void whatIsNoConsoleIsOneSentence() {
        answer = "<html>";
        var ended = run("kill", "--reason", "x");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errors()).contains("is no console");
    }

    @Test
    void keyIsPrintedAloneAndItsWarningBeside() {
        answer = "{\"key\": \"pck_x\"}";
        var ended = run(
                "key",
                "create",
                "ci",
                "--route",
                "port-eu",
                "--group",
                "bots",
                "--network",
                "10.0.0.0/8",
                "--expires",
                "2030-01-31");
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).isEqualTo("pck_x\n");
        assertThat(ended.errors()).contains("the only time");
        assertThat(requests)
                .containsExactly(
                        "POST /api/v1/api-keys Bearer pct_token {\"name\":\"ci\",\"routes\":[\"port-eu\"],"
                                + "\"groups\":[\"bots\"],\"networks\":[\"10.0.0.0/8\"],\"expiresAt\":\"2030-02-01T00:00:00Z\"}");
        assertThat(run("key", "create", "ci", "--expires", "soon").code()).isEqualTo(2);
    }

    @Test
    void keysAreListedAndRevokedByName() {
        answer = """
                {"items": [{"id": "7", "name": "ci", "prefix": "abc", "groups": ["bots"], "networks": [],
                            "lastUsedAt": "2026-01-01T00:00Z", "lastUsedAddress": "10.0.0.1"}]}""";
        assertThat(succeed("key", "list"))
                .isEqualTo(
                        "ci  pck_abc_…  routes all, groups bots, no end, last used 2026-01-01T00:00Z from 10.0.0.1\n");
        assertThat(succeed("key", "revoke", "ci")).isEqualTo("Revoked: key ci.\n");
        assertThat(requests.getLast()).startsWith("DELETE /api/v1/api-keys/7 ");
        assertThat(run("key", "revoke", "nobody").code()).isEqualTo(1);
    }

    @Test
    void secretOfACredentialComesFromAFile() throws IOException {
        // Given
        var secret = Files.writeString(folder.resolve("secret"), "s3cret\n").toString();
        answer = "{\"revision\": 1}";

        // When
        var said = succeed(
                "credential",
                "set",
                "port-eu",
                "--kind",
                "port",
                "--upstream",
                "https://mcp.port.io",
                "--endpoint",
                "https://api.getport.io/v1/auth/access_token",
                "--client-id",
                "c",
                "--secret-file",
                secret);

        // Then
        assertThat(said).startsWith("Credential port-eu is set (revision 1).").doesNotContain("s3cret");
        assertThat(requests)
                .containsExactly("PUT /api/v1/credentials/port-eu Bearer pct_token {\"kind\":\"port\",\"settings\":"
                        + "{\"upstreams\":[\"https://mcp.port.io\"],\"endpoint\":\"https://api.getport.io/v1/auth/access_token\",\"clientId\":\"c\"},"
                        + "\"secret\":\"s3cret\"}");
        assertThat(run("credential", "set", "x", "--kind", "header", "--secret-file", "nowhere")
                        .code())
                .isEqualTo(2);
        assertThat(succeed("credential", "remove", "port-eu")).isEqualTo("Removed: credential port-eu.\n");
    }

    @Test
    void tokenAndCredentialGetAnotherEnd() {
        answer = "{\"items\": [{\"id\": \"7\", \"name\": \"ci\"}], \"expiresAt\": \"2030-02-01T00:00:00Z\"}";
        assertThat(succeed("token", "expire", "ci", "--at", "2030-01-31"))
                .isEqualTo("Changed: token ci, ends at 2030-02-01T00:00:00Z.\n");
        assertThat(requests.getLast())
                .isEqualTo("PUT /api/v1/admin-tokens/7/end Bearer pct_token {\"expiresAt\":\"2030-02-01T00:00:00Z\"}");
        assertThat(succeed("credential", "expire", "port-eu", "--never"))
                .isEqualTo("Changed: credential port-eu, no end.\n");
        assertThat(requests.getLast()).startsWith("DELETE /api/v1/credentials/port-eu/end Bearer pct_token");
        assertThat(run("token", "expire", "ci").code()).isEqualTo(2);
        assertThat(run("token", "expire", "ci", "--at", "soon").code()).isEqualTo(2);
    }

    @Test
    void toolsAreListedPageByPage() {
        answer = """
                {"items": [{"route": "port-eu", "name": "evil\\u202e", "class": "write", "classSource": "default",
                            "state": "new", "readOnlyHint": true, "lastSeenAt": "2026-11-26T09:00:00Z"}]}""";
        assertThat(succeed("tools", "list", "--route", "port-eu", "--state", "new"))
                .isEqualTo("port-eu  evil\\u{202E}  write (default), new, claims to change nothing,"
                        + " last seen 2026-11-26T09:00:00Z\n");
        assertThat(requests).containsExactly("GET /api/v1/tools?limit=500&route=port-eu&state=new Bearer pct_token ");
    }

    @Test
    void toolsAreAcceptedTogetherOrOneInDetail() {
        answer = """
                {"version": 7, "published": true, "draft": "left", "skipped": {"b": "because"},
                 "tools": {"a": {"class": "read", "definition": "sha256:0"}}}""";
        assertThat(succeed("tools", "accept", "port-eu", "a", "b")).isEqualTo("""
                Accepted: a, read, sha256:0
                Left: b: because
                Published as version 7.
                The draft does not have it: it holds other work that this does not fit into.
                """);
        succeed("tools", "accept", "port-eu", "--read-only-claims", "--reason", "x");
        succeed("tools", "accept", "port-eu", "a/b", "--class", "read");
        assertThat(requests)
                .containsExactly(
                        "POST /api/v1/tools/port-eu/accept Bearer pct_token {\"tools\":[\"a\",\"b\"]}",
                        "POST /api/v1/tools/port-eu/accept Bearer pct_token {\"readOnlyClaims\":true,\"reason\":\"x\"}",
                        "PUT /api/v1/tools/port-eu/a%2Fb Bearer pct_token {\"definition\":\"current\",\"class\":\"read\"}");
    }

    @Test
    void toolsAreAcceptedByNameOrByClaim() {
        assertThat(run("tools", "accept", "port-eu").code()).isEqualTo(2);
        assertThat(run("tools", "accept", "port-eu", "a", "--read-only-claims").code())
                .isEqualTo(2);
        assertThat(run("tools", "accept", "port-eu", "a", "b", "--class", "read")
                        .code())
                .isEqualTo(2);
        assertThat(run("tools", "block", "port-eu", "a").code()).isEqualTo(2);
        assertThat(requests).isEmpty();
    }

    private record Ended(int code, String out, String errors) {}

    private String policy() throws IOException {
        return Files.writeString(folder.resolve("policy.yaml"), POLICY).toString();
    }

    private String succeed(String... arguments) {
        var ended = run(arguments);
        assertThat(ended.errors()).isEmpty();
        assertThat(ended.code()).isZero();
        return ended.out();
    }

    private Ended run(String... arguments) {
        var words = new ArrayList<>(List.of(arguments));
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
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
        var bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}

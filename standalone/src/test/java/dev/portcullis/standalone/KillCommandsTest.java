package dev.portcullis.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The kill switch from the command line, against a console, and a replica, that are played.
class KillCommandsTest {
    private static final String TWO = """
            {"items": [
              {"id": "k1", "reason": "x", "scope": {"organization": true}, "exempt": {"groups": ["on-call"]},
               "acknowledgements": [{"replica": "r1", "obeyedAt": "2026-01-01T00:00:00Z", "callsCut": 2, "streamsCut": 3}],
               "waitingFor": ["r2"]},
              {"id": "k2", "reason": "y", "scope": {"tools": ["a", "b"]}, "replica": "r1", "local": true,
               "until": "2030-01-01T00:00:00Z"}]}""";

    @TempDir
    private Path folder;

    private final List<String> requests = new ArrayList<>();
    private HttpServer server;
    private String answer = "{\"id\": \"k1\"}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        Files.writeString(folder.resolve("console-url"), url());
        Files.writeString(folder.resolve("admin-token"), "pct_token\n");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void killNamesEveryPartOfItsScope() {
        succeed(
                "kill",
                "--reason",
                "x",
                "--route",
                "r",
                "--group",
                "g",
                "--caller",
                "key:*",
                "--client",
                "c",
                "--tool",
                "t",
                "--tool",
                "u",
                "--exempt-group",
                "on-call");

        assertThat(requests.getFirst())
                .endsWith(
                        "{\"scope\":{\"routes\":[\"r\"],\"groups\":[\"g\"],\"callers\":[\"key:*\"],\"clients\":[\"c\"],"
                                + "\"tools\":[\"t\",\"u\"]},\"exempt\":{\"groups\":[\"on-call\"]},\"reason\":\"x\"}");
    }

    @Test
    void killLastsForAWhile() {
        var before = Instant.now();
        succeed("kill", "--reason", "x", "--for", "2h");

        var until = Instant.parse(requests.getFirst().replaceAll(".*\"until\":\"([^\"]*)\".*", "$1"));
        assertThat(Duration.between(before, until))
                .isBetween(Duration.ofHours(2), Duration.ofHours(2).plusMinutes(1));
    }

    @Test
    void otherKillsOfTheSameScopeAreTold() {
        answer = "{\"id\": \"k2\", \"sameScope\": [\"k1\"]}";

        assertThat(succeed("kill", "--reason", "x")).contains("Engaged already for the same: kill k1.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--until|2020-01-01T00:00:00Z|expected: a time to come",
                "--until|tomorrow|--until",
                "--for|soon|expected: a number and s, m, h or d",
                "--caller|ada|scope.callers: \"ada\"",
                "--group|' x'|scope.groups: \" x\"",
                "--exempt-group|''|exempt.groups: \"\""
            })
    void mistakeIsWrongUsageAndAsksNobody(String option, String value, String error) {
        var ended = run("kill", "--reason", "x", option, value);

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.errors()).contains(error);
        assertThat(requests).isEmpty();
    }

    @Test
    void twoEndsAreWrongUsage() {
        assertThat(run("kill", "--reason", "x", "--for", "1h", "--until", "2030-01-01T00:00:00Z")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void releaseNamesTheKillAndSaysWhy() {
        assertThat(succeed("release", "k1", "--reason", "all clear & quiet")).isEqualTo("Released: kill k1.\n");
        assertThat(requests.getFirst())
                .startsWith("DELETE /api/v1/kills/k1?reason=all+clear+%26+quiet Bearer pct_token");
    }

    @Test
    void ofSeveralKillsOneHasToBeNamed() {
        // Given
        answer = TWO;

        // When
        var ended = run("release");

        // Then
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errors())
                .contains("2 kills are engaged: name one, or say --all.", "k1", "tools a, b, on replica r1 only");
        assertThat(succeed("release", "--all")).isEqualTo("Released: kill k1.\nReleased: kill k2.\n");
    }

    @Test
    void statusShowsWhoObeysAndWhoDoesNotYet() {
        answer = TWO;

        assertThat(succeed("status"))
                .contains("Kill k1 is engaged for the whole organization (but groups on-call go on): x\n"
                        + "  r1 obeys since 2026-01-01T00:00:00Z, cut 2 calls and 3 streams\n"
                        + "  r2 has not said that it obeys\n"
                        + "Kill k2 is engaged for tools a, b, on replica r1 only, until 2030-01-01T00:00:00Z: y\n");
    }

    @Test
    void oneReplicaIsStoppedAndReleasedThroughItsManagementPort() {
        // When
        answer = "{\"id\": \"k1\", \"kept\": false}";
        var engaged = run("kill", "--reason", "x", "--management", url(), "--token", "of-the-replica");

        // Then
        assertThat(engaged.code()).isZero();
        assertThat(engaged.out()).contains("This replica obeys");
        assertThat(engaged.errors()).contains("ends with its process");
        assertThat(requests.getFirst())
                .startsWith("POST /kills Bearer of-the-replica {\"scope\":{\"organization\":true}");

        // When
        answer = TWO;
        var released = succeed("release", "--management", url(), "--token", "of-the-replica");

        // Then
        assertThat(released).as("not that of the console").isEqualTo("Released: kill k2.\n");
        assertThat(succeed("status", "--management", url(), "--token", "of-the-replica"))
                .contains("Kill k1", "Kill k2")
                .doesNotContain("policy");
    }

    @Test
    void tokenOfAReplicaIsThatOfTheDataFolderUnlessOneIsGiven() throws IOException {
        // Given
        var without = run("status", "--management", url());
        assertThat(without.code()).isEqualTo(2);
        assertThat(without.errors())
                .contains("There is no " + folder.resolve("management-token")
                        + ": give --token or PORTCULLIS_MANAGEMENT_TOKEN");
        assertThat(requests).as("never with the token of the console").isEmpty();

        // When
        Files.writeString(folder.resolve("management-token"), "of-the-folder\n");
        succeed("kill", "--reason", "x", "--management", url());
        succeed("kill", "--reason", "x", "--management", url(), "--token", "of-another");

        // Then
        assertThat(requests.getFirst()).startsWith("POST /kills Bearer of-the-folder ");
        assertThat(requests.getLast()).startsWith("POST /kills Bearer of-another ");
    }

    private record Ended(int code, String out, String errors) {}

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
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
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}

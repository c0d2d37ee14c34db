package dev.portcullis.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The whole product as one program: started, used, killed, started again, stopped.
class UpIT {
    private static final Pattern GATEWAY = Pattern.compile("Gateway +(http://127\\.0\\.0\\.1:\\d+/mcp/port-eu) ");
    private static final Pattern CONSOLE = Pattern.compile("Console +(http://127\\.0\\.0\\.1:\\d+/) ");
    private static final String LAST_LINE = "Ctrl-C stops everything";

    @TempDir
    private Path folder;

    /// The first start after a build teaches Java to start faster, and says so.
    @BeforeAll
    static void learn(@TempDir Path elsewhere) throws IOException, InterruptedException {
        try (var program = RunningProgram.start(elsewhere.resolve("version.out"), "--version")) {
            int code = program.await();
            assertThat(code).as(program.output()).isZero();
        }
    }

    @Test
    void installationKeepsItsDataWhateverEndsIt() throws IOException, InterruptedException {
        // Given an installation at its first start, whose database would like the port of the management
        var wanted = freePort();
        Files.createDirectories(folder.resolve("data/postgresql"));
        Files.writeString(folder.resolve("data/postgresql/port"), Integer.toString(wanted));
        try (var up = start("first.out", wanted)) {
            assertThat(up.output())
                    .startsWith("Portcullis is ready")
                    .contains("password ", "read-only-by-default", "claude mcp add --transport http port-eu http://");
            assertThat(folder.resolve("data/first-password")).doesNotExist();
            assertThat(callTool(gateway(up), "delete_entity")).contains("Blocked by policy:", "read-only-by-default");
            assertThat(command(up, "kill", "--reason", "test")).startsWith("Engaged: kill ");
            up.kill();
        }

        // When it starts again, with one more route
        var management = freePort();
        try (var up = start("second.out", management, "--upstream", "other=http://127.0.0.1:9/mcp")) {

            // Then
            assertThat(up.output())
                    .contains("Policy version 2 is in force.", "/mcp/port-eu ", "/mcp/other ")
                    .doesNotContain("password ");
            assertThat(callTool(gateway(up), "list_entities")).contains("\"code\":403");
            assertThat(command(up, "release")).startsWith("Released: kill ");

            // And through the management port, with the token of the data folder
            var port = "http://127.0.0.1:" + management;
            assertThat(command(up, "kill", "--reason", "test", "--management", port))
                    .contains("This replica obeys");
            assertThat(callTool(gateway(up), "list_entities")).contains("\"code\":403");
            assertThat(command(up, "release", "--management", port)).startsWith("Released: kill ");
            assertThat(callTool(gateway(up), "list_entities"))
                    .as("the sandbox's own answer to a call without a session")
                    .contains("Session ID required");
            assertThat(audit("verify")).startsWith("The audit trail is as it was written.");
            assertThat(up.terminate()).isZero();
            assertThat(up.output()).endsWith("Stopping…\nStopped.\n");
        }
        assertThat(folder.resolve("data/postgresql/data/postmaster.pid")).doesNotExist();
        Files.writeString(folder.resolve("public.pem"), audit("key"));
        assertThat(audit("verify", "--public-key", folder.resolve("public.pem").toString()))
                .startsWith("The audit trail is as it was written.");
        assertThat(folder.resolve("data/postgresql/data/postmaster.pid")).doesNotExist();
    }

    private RunningProgram start(String output, int managementPort, String... more) throws IOException {
        var arguments = Stream.concat(
                Stream.of(
                        "up",
                        "--data",
                        folder.resolve("data").toString(),
                        "--proxy-port",
                        "0",
                        "--console-port",
                        "0",
                        "--management-port",
                        Integer.toString(managementPort)),
                Stream.of(more));
        return RunningProgram.start(folder.resolve(output), arguments.toArray(String[]::new))
                .awaitOutput(LAST_LINE);
    }

    /// Nothing that `up` says tells the one that the system has chosen.
    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// Runs another command on the same installation.
    private String command(RunningProgram up, String... words) throws IOException, InterruptedException {
        var arguments = Stream.concat(
                Stream.of(words),
                Stream.of(
                        "--url",
                        found(CONSOLE, up),
                        "--data",
                        folder.resolve("data").toString()));
        var output = folder.resolve(words[0] + ".out");
        try (var command = RunningProgram.start(output, arguments.toArray(String[]::new))) {
            assertThat(command.await()).as(command.output()).isZero();
            return command.output();
        }
    }

    /// Asks about the trail in the data folder, whether the installation runs or not.
    private String audit(String... words) throws IOException, InterruptedException {
        var arguments = Stream.of(
                        Stream.of("audit"),
                        Stream.of(words),
                        Stream.of("--data", folder.resolve("data").toString()))
                .flatMap(part -> part);
        try (var command = RunningProgram.start(folder.resolve("audit.out"), arguments.toArray(String[]::new))) {
            assertThat(command.await()).as(command.output()).isZero();
            return command.output();
        }
    }

    private static URI gateway(RunningProgram up) throws IOException {
        return URI.create(found(GATEWAY, up));
    }

    private static String found(Pattern pattern, RunningProgram up) throws IOException {
        return pattern.matcher(up.output())
                .results()
                .findFirst()
                .map((MatchResult result) -> result.group(1))
                .orElseThrow();
    }

    private static String callTool(URI gateway, String tool) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(gateway)
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json, text/event-stream")
                    .POST(BodyPublishers.ofString("""
                        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s","arguments":{}}}
                        """.formatted(tool)))
                    .build();
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }
}

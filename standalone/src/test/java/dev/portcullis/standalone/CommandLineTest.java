package dev.portcullis.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.sandbox.oauth.Fault;
import dev.portcullis.standalone.up.DataFolder;
import dev.portcullis.standalone.up.FolderLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

class CommandLineTest {
    private static final String POLICY = """
            apiVersion: portcullis/v1
            organization: acme
            routes:
              port-eu: {upstream: sandbox, profile: port}
            rules:
              - id: everyone-reads
                readOnly: true
            """;

    @TempDir
    private Path folder;

    /// What a command said and ended with.
    private record Ended(int code, String out, String errors) {}

    @Test
    void helpListsEveryCommand() {
        var ended = run("--help");
        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .contains(
                        "up ", "proxy ", "console ", "migrate ", "sandbox ", "policy ", "kill ", "release ", "status ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "proxy", "console", "migrate", "sandbox", "policy", "kill", "release", "status"})
    void everyCommandHasHelp(String command) {
        assertThat(run(command, "--help").code()).isZero();
        assertThat(run(command, "--help").out()).startsWith("Usage: portcullis " + command);
    }

    @Test
    void unknownOptionIsWrongUsage() {
        var ended = run("up", "--prox-port", "1");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.errors()).startsWith("portcullis: Unknown option").contains("Try `portcullis up --help`.");
        assertThat(ended.errors()).doesNotContain("Usage:");
    }

    @Test
    void commandIsNeeded() {
        assertThat(run().code()).isEqualTo(2);
        assertThat(run("policy").code()).isEqualTo(2);
    }

    @Test
    void takenPortIsOneSentence() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var ended = run("up", "--data", folder.toString(), "--proxy-port", "" + taken.getLocalPort());
            assertOneSentence(ended, "Port " + taken.getLocalPort() + " cannot be used", "--proxy-port");
        }
        assertThat(folder.resolve("postgresql")).doesNotExist();
    }

    @Test
    void folderThatCannotBeWrittenToIsOneSentence() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");
        assertOneSentence(run("up", "--data", file + "/data"), "cannot be written to", "--data");
    }

    @Test
    void secondInstallationOnOneFolderIsOneSentence() {
        try (var lock = FolderLock.acquire(DataFolder.at(folder))) {
            assertThat(lock).isNotNull();
            assertOneSentence(run("up", "--data", folder.toString()), "Another `portcullis up`", "--data");
        }
    }

    @Test
    void brokenPolicyIsToldWithItsLinesBeforeAnythingStarts() throws IOException {
        var policy = Files.writeString(folder.resolve("policy.yaml"), POLICY.replace("readOnly", "readonly"));
        var data = folder.resolve("data");
        var ended = run("up", "--data", data.toString(), "--policy", policy.toString());
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.errors()).contains("The policy in " + policy + " is not valid:", "line ", "/rules/0");
        assertThat(data).doesNotExist();
    }

    @Test
    void wrongSettingForUpIsToldBeforeAnythingStarts() throws IOException {
        var configuration = Files.writeString(folder.resolve("c.yaml"), "proxy: {limits: {body: -1, boddy: 2}}");
        var ended = run("up", "--data", folder + "/data", "--config", configuration.toString());
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.errors()).contains("2 problems", "proxy.limits.body: -1", "did you mean body?");
    }

    @Test
    void repositoryThatUpIsNotToldIsMissedBeforeAnythingStarts() throws IOException {
        var configuration = Files.writeString(folder.resolve("c.yaml"), "console: {policy: {owner: git}}");
        var ended = run("up", "--data", folder + "/data", "--config", configuration.toString());
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.errors()).contains("console.policy.repository: missing (expected: the http or https URL");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void validPolicyIsFine() throws IOException {
        var policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
        var ended = run("policy", "validate", policy.toString());
        assertThat(ended.errors()).isEmpty();
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("is valid: routes 1, rules 1.");
    }

    @Test
    void invalidPolicyFailsTheCheck() throws IOException {
        var policy = Files.writeString(folder.resolve("policy.yaml"), POLICY.replace("readOnly", "readonly"));
        var ended = run("policy", "validate", policy.toString());
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errors()).startsWith(policy + ": line ");
    }

    @Test
    void missingFilesAreOneSentence() {
        assertOneSentence(run("policy", "validate", "none.yaml"), "There is no policy file none.yaml.");
        assertOneSentence(run("proxy", "--config", "none.yaml"), "There is no configuration file none.yaml.");
        assertOneSentence(run("status", "--data", folder.toString()), "There is no ", "give --url");
    }

    @Test
    void wrongFaultsOfTheSandboxAreOneSentence() {
        assertOneSentence(
                run("sandbox", "--port=0", "--oauth", "--fault=no-such"), "no-such is no fault", "html-errors");
        assertOneSentence(
                run("sandbox", "--port=0", "--oauth", "--fault=token-limit=0"), "token-limit: 0 (expected: 1");
        assertOneSentence(run("sandbox", "--port=0", "--fault=html-errors"), "need --oauth");
        assertOneSentence(run("sandbox", "--port=0", "--oauth", "--public-url=x"), "public URL: x");
        assertOneSentence(run("sandbox", "--port=0", "--oauth", "--client-secret-file=none"), "none cannot be read");
    }

    @Test
    void helpOfTheSandboxExplainsEveryFault() {
        var help = run("sandbox", "--help").out();
        for (var fault : Fault.values()) {
            assertThat(help).contains("\n  " + fault.synopsis() + "\n      " + fault.description() + "\n");
        }
    }

    @Test
    void databaseThatIsNotThereIsOneSentence() throws IOException {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        var configuration = Files.writeString(folder.resolve("c.yaml"), """
                database: {url: "jdbc:postgresql://127.0.0.1:%d/x", user: x, password: x}
                """.formatted(free));
        for (var command : new String[] {"proxy", "console", "migrate"}) {
            assertOneSentence(run(command, "--config", configuration.toString()), "cannot be reached");
        }
    }

    private static void assertOneSentence(Ended ended, String... parts) {
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.errors()).startsWith("portcullis: ").contains(parts);
        assertThat(ended.errors().lines()).hasSize(1);
    }

    private static Ended run(String... arguments) {
        var out = new StringWriter();
        var errors = new StringWriter();
        int code = PortcullisCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
        return new Ended(code, out.toString(), errors.toString());
    }
}

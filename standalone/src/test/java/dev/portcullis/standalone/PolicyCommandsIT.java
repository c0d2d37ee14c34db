package dev.portcullis.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.Secret;
import dev.portcullis.console.Console;
import dev.portcullis.console.ConsoleSettings;
import dev.portcullis.console.setup.FirstStart;
import dev.portcullis.database.TestDatabase;
import dev.portcullis.secrets.MasterKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a console answers to the commands that ask about a document.
class PolicyCommandsIT {
    private static final String POLICY = """
            apiVersion: portcullis/v1
            organization: acme
            routes: {port-eu: {upstream: sandbox, profile: port}}
            rules:
            - {id: everyone-reads, readOnly: true}
            - {id: slowly, limit: {calls: 5, per: minute, by: caller}}
            - {id: frozen, match: {groups: [platfrom]}, deny: true}
            """;

    @TempDir
    private static Path folder;

    private static TestDatabase database;
    private static Console console;
    private static String token;

    private record Ended(int code, String out, String errors) {}

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
        token = FirstStart.prepare(database.dataSource()).adminToken().orElseThrow();
        console = Console.start(new ConsoleSettings(
                InetAddress.getLoopbackAddress(),
                0,
                new DatabaseSettings(database.url(), database.user(), new Secret(database.password())),
                "http://127.0.0.1:1",
                Optional.of(MasterKey.generate())));
    }

    @AfterAll
    static void stop() {
        console.close();
        database.close();
    }

    @Test
    void allowedCallIsExplainedWithWhatItGoesUpstreamWith() throws IOException {
        var document = file(POLICY);

        var ended = run("explain", document, "--route", "port-eu", "--tool", "list_entities", "--caller", "dana");

        assertThat(ended.errors()).isEmpty();
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).startsWith("Allowed by document (version ").contains("""
                Goes upstream with:
                  x-read-only-mode: 1
                Counts against:
                  slowly: 5 calls per minute by caller (enforce)
                """);
    }

    @Test
    void refusedCallIsExplainedWithItsRule() throws IOException {
        var ended = run("explain", file(POLICY), "--route", "port-eu", "--tool", "delete_entity");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out())
                .startsWith("Refused by document (version ")
                .contains("refused by everyone-reads (readOnly)")
                .doesNotContain("Goes upstream with:");
    }

    @Test
    void consoleWarnsOfNamesItHasNeverMet() throws IOException {
        // Given
        var document = file(POLICY);
        assertThat(execute("key", "create", "ci", "--group", "platform", "--url", url(), "--token", token)
                        .code())
                .isZero();

        // When
        var asked = run("validate", document);
        var alone = execute("policy", "validate", document);

        // Then
        assertThat(asked.code()).isZero();
        assertThat(asked.out())
                .startsWith(document + ": warning: line 7: /rules/2/match/groups")
                .endsWith(alone.out())
                .contains("platfrom", "did you mean platform?");
        assertThat(alone.out()).isEqualTo(document + " is valid: routes 1, rules 3.\n");
    }

    @Test
    void consoleTellsErrorsAsTheyAreToldWithoutOne() throws IOException {
        for (var wrong : List.of(POLICY.replace("readOnly", "readonly"), "rules: [", "")) {
            // Given
            var document = file(wrong);

            // When
            var asked = run("validate", document);
            var alone = execute("policy", "validate", document);

            // Then
            assertThat(asked.code()).isEqualTo(alone.code()).isEqualTo(1);
            assertThat(asked.errors()).isEqualTo(alone.errors()).startsWith(document + ": ");
        }
    }

    private static String file(String text) throws IOException {
        return Files.writeString(folder.resolve("policy.yaml"), text).toString();
    }

    private static String url() {
        return "http://127.0.0.1:" + console.port();
    }

    private static Ended run(String command, String document, String... more) {
        var words = new ArrayList<>(List.of("policy", command, document));
        words.addAll(List.of(more));
        words.addAll(List.of("--url", url(), "--token", token));
        return execute(words.toArray(String[]::new));
    }

    private static Ended execute(String... words) {
        var out = new StringWriter();
        var errors = new StringWriter();
        int code = PortcullisCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(words);
        return new Ended(code, out.toString(), errors.toString());
    }
}

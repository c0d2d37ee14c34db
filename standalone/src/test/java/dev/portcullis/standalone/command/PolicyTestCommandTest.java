package dev.portcullis.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.rego.Opa;
import dev.portcullis.standalone.PortcullisCommand;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class PolicyTestCommandTest {
    private static final Path EXAMPLE = Path.of("../docs/examples/own-rego");
    private static final String DOCUMENT = """
            apiVersion: portcullis/v1
            organization: acme
            routes:
              port-eu: {upstream: sandbox, profile: port}
            rules:
              - {id: reads, readOnly: true}
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void documentedExamplePasses() {
        // When
        var run = run("--opa", opa(), EXAMPLE.toString());

        // Then
        assertThat(run.output()).contains("10 tests in Rego passed", "6 cases passed, 0 failed");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void failingTestInRegoIsShownWithExitCode1() throws IOException {
        // Given
        Files.writeString(
                folder.resolve("a.rego"),
                "package portcullis.custom\ndeny contains {\"rule\": \"a\"} if input.method\n");
        Files.writeString(folder.resolve("a_test.rego"), """
                package portcullis.custom_test
                import data.portcullis.testing
                test_nothing_is_denied if testing.denied(testing.message("ping")) == set()
                """);

        // When
        var run = run("--opa", opa(), folder.toString());

        // Then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains("/modules/a_test.rego: test_nothing_is_denied fails", "{\"a\"}");
    }

    @Test
    void failingScenarioIsShownWithExitCode1() throws IOException {
        // Given
        var policy = Files.writeString(folder.resolve("policy.yaml"), DOCUMENT);
        Files.writeString(folder.resolve("reads.yaml"), """
                title: Nobody writes
                cases:
                  - {when: {call: upsert_entity}, then: {denied: [reads]}}
                  - {when: {call: list_entities}, then: {denied: [reads]}}
                """);

        // When
        var run = run("--policy", policy.toString(), folder.toString());

        // Then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output())
                .contains(
                        "Nobody writes",
                        "FAIL  case 2",
                        "expected denied [reads], but was allowed",
                        "1 cases passed, 1 failed");
    }

    @Test
    void nothingToTestIsWrongUsage() {
        assertThat(run(folder.toString()).exitCode()).isEqualTo(2);
        assertThat(run(folder.resolve("nowhere").toString()).output()).contains("There is no file or folder");
    }

    @Test
    void fileThatIsNoScenarioIsWrongUsage() throws IOException {
        var file = Files.writeString(folder.resolve("x.yaml"), "cases: [{when: {call: a}}]");

        var run = run(
                "--policy",
                Files.writeString(folder.resolve("policy.yaml"), DOCUMENT).toString(),
                file.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).contains("x.yaml: case 1.then");
    }

    @Test
    void programThatIsNoOpaIsWrongUsage() throws IOException {
        Files.writeString(folder.resolve("a.rego"), "package portcullis.custom\n");

        var run = run("--opa", "/bin/sh", folder.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).contains("/bin/sh is no OPA 1.4");
    }

    private static String opa() {
        var opa = Optional.ofNullable(System.getenv("OPA")).map(Path::of).or(() -> Opa.onPath(System.getenv("PATH")));
        if (opa.isEmpty()) {
            System.err.println("SKIPPED: no opa binary (set OPA): the documented example was NOT tested");
        }
        Assumptions.assumeTrue(opa.isPresent(), "no opa binary");
        return opa.get().toString();
    }

    private record Run(int exitCode, String output) {}

    private static Run run(String... arguments) {
        var output = new StringWriter();
        var command = PortcullisCommand.commandLine();
        command.setOut(new PrintWriter(output));
        command.setErr(new PrintWriter(output));
        var all = new ArrayList<String>(List.of("policy", "test"));
        all.addAll(List.of(arguments));
        return new Run(command.execute(all.toArray(String[]::new)), output.toString());
    }
}

package dev.portcullis.console.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.PolicySettings;
import dev.portcullis.configuration.Secret;
import dev.portcullis.console.ConsoleSettings;
import dev.portcullis.console.RunningConsole;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReadResult;
import dev.portcullis.policy.rego.CompiledRego;
import dev.portcullis.policy.rego.Opa;
import dev.portcullis.policy.rego.OpaException;
import dev.portcullis.policy.rego.RegoModule;
import dev.portcullis.policy.rego.RegoModules;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a console does with modules before they are published.
class ModuleCheckTest {
    private static final PolicyDocument DOCUMENT =
            ((ReadResult.Valid) DocumentReader.read(RunningConsole.DOCUMENT.formatted("x"))).document();
    private static final RegoModule DENIES = new RegoModule(
            "a.rego", "package portcullis.custom\n\ndeny contains {\"rule\": \"a\"} if input.tool.name == \"x\"\n");

    @Test
    void modulesAreCompiledAndTestedAgainstTheDocument() {
        var test = new RegoModule("a_test.rego", """
                package portcullis.custom_test

                test_document if data.published.organization == "acme"
                """);

        var checked = new ModuleCheck(settings(opa(), 10)).check(DOCUMENT, own(DENIES, test));

        assertThat(checked.tests()).isEqualTo(1);
        assertThat(checked.own().compiled()).isPresent();
    }

    @Test
    void programFromElsewhereIsNotUsedWhereThereIsACompiler() {
        var program = new CompiledRego("hostile".getBytes(StandardCharsets.UTF_8));
        var own = new OwnRego(new RegoModules(List.of(DENIES)), Optional.of(program));

        var checked = new ModuleCheck(settings(opa(), 10)).check(DOCUMENT, own);

        assertThat(checked.own().compiled().orElseThrow()).isNotEqualTo(program);
    }

    @Test
    void failingTestBlocksWithItsOutput() {
        var test = new RegoModule(
                "a_test.rego",
                "package portcullis.custom_test\n\ntest_a if data.published.organization == \"other\"\n");

        var check = new ModuleCheck(settings(opa(), 10));

        assertThatThrownBy(() -> check.check(DOCUMENT, own(DENIES, test)))
                .isInstanceOfSatisfying(InvalidModulesException.class, e -> {
                    assertThat(e.getMessage()).contains("a_test.rego: test_a fails");
                    assertThat(e.output()).contains("acme");
                });
    }

    @Test
    void modulesOverTheirBudgetAreRefused() {
        var slow = new RegoModule("slow.rego", """
                package portcullis.custom

                deny contains {"rule": "slow"} if {
                    n := numbers.range(1, 200)
                    count([1 | some a in n; some b in n; some c in n; a + b + c == 1]) > 0
                }
                """);

        var check = new ModuleCheck(settings(opa(), 1));

        assertThatThrownBy(() -> check.check(DOCUMENT, own(slow)))
                .isInstanceOf(InvalidModulesException.class)
                .hasMessageContaining("within the budget");
    }

    @Test
    void programThatIsNoneIsRefusedWhereThereIsNoCompiler() {
        var own = new OwnRego(
                new RegoModules(List.of(DENIES)),
                Optional.of(new CompiledRego("hostile".getBytes(StandardCharsets.UTF_8))));

        assertThatThrownBy(() -> new ModuleCheck(settings(Optional.empty(), 10)).check(DOCUMENT, own))
                .isInstanceOf(InvalidModulesException.class)
                .hasMessageContaining("compiled modules");
    }

    @Test
    void consoleDoesNotStartWithACompilerThatIsNone() {
        assertThatThrownBy(() -> new ModuleCheck(settings(Optional.of(Path.of("/nowhere/opa")), 10)))
                .isInstanceOf(OpaException.class)
                .hasMessageContaining("There is no program /nowhere/opa");
    }

    private static OwnRego own(RegoModule... modules) {
        return OwnRego.of(new RegoModules(List.of(modules)));
    }

    private static ConsoleSettings settings(Optional<Path> opa, int milliseconds) {
        return new ConsoleSettings(
                        InetAddress.getLoopbackAddress(),
                        0,
                        new DatabaseSettings("jdbc:postgresql://localhost/none", "none", new Secret("none")),
                        "http://127.0.0.1:8080",
                        Optional.empty())
                .withPolicy(new PolicySettings(opa, Duration.ofMillis(milliseconds)));
    }

    private static Optional<Path> opa() {
        var opa = Optional.ofNullable(System.getenv("OPA")).map(Path::of).or(() -> Opa.onPath(System.getenv("PATH")));
        if (opa.isEmpty()) {
            System.err.println("SKIPPED: no opa binary (set OPA): an organization's own Rego was NOT compiled");
        }
        Assumptions.assumeTrue(opa.isPresent(), "no opa binary");
        return opa;
    }
}

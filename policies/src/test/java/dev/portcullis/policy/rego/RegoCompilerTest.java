package dev.portcullis.policy.rego;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.document.DocumentProblem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

@Tag("slow")
class RegoCompilerTest {
    private static final String DENIES = """
            package portcullis.custom

            deny contains {"rule": "freeze", "message": "Frozen."} if input.tool.name == "run_action"
            """;

    @Test
    void modulesWithPassingTestsAreCompiled() {
        var test = """
                package portcullis.custom_test

                import data.portcullis.testing

                test_run_is_frozen if testing.denied(testing.call("run_action", {})) == {"freeze"}

                test_rest_is_not if testing.denied(testing.call("list_entities", {})) == set()

                test_document_is_there if data.published.organization == "acme"
                """;

        var compilation = compile(new RegoModule("freeze.rego", DENIES), new RegoModule("freeze_test.rego", test));

        assertThat(compilation)
                .isInstanceOfSatisfying(
                        Compilation.Compiled.class,
                        compiled -> assertThat(compiled.tests()).isEqualTo(3));
    }

    @Test
    void failingTestIsNamedWithItsOutput() {
        var test = """
                package portcullis.custom_test

                import data.portcullis.testing

                test_run_is_allowed if testing.denied(testing.call("run_action", {})) == set()
                """;

        var compilation = compile(new RegoModule("freeze.rego", DENIES), new RegoModule("a/freeze_test.rego", test));

        assertThat(compilation).isInstanceOfSatisfying(Compilation.Rejected.class, rejected -> {
            assertThat(rejected.problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.describe())
                            .isEqualTo("line 5: /modules/a/freeze_test.rego: test_run_is_allowed fails"
                                    + " (expected: tests that pass)"));
            assertThat(rejected.output()).contains("{\"freeze\"}");
        });
    }

    @Test
    void whatNoModuleMayDoIsRefusedAtItsLine() {
        expectProblems("""
            package portcullis                                       | package portcullis.custom, or one below
            package portcullis.customer                              | package portcullis.custom, or one below
            package portcullis.organization                          | package portcullis.custom, or one below
            package portcullis.custom_test                           | package portcullis.custom, or one below
            package published                                        | package portcullis.custom, or one below
            import data.published                                    | input
            import data.portcullis as p                              | input
            x if data.published.kills                                | input
            x if not data.portcullis.allow                           | input
            x if data[input.method].allow                            | data.portcullis.custom
            x := data                                                | data.portcullis.custom
            x if {some p; data.portcullis[p].allow}                  | data.portcullis.custom
            x if walk(data, [_, _])                                  | data.portcullis.custom
            x if input.a with data.published as {}                   | data.portcullis.custom
            deny := true                                             | deny contains
            deny if input.method                                     | deny contains
            deny(x) := x                                             | deny contains
            default deny := false                                    | deny contains
            deny.x contains 1 if input.method                        | deny contains
            # METADATA\\n# title: x\\nx := 1 | no annotations
            """);
    }

    @Test
    void builtinsWithInputOrOutputAndMisspeltKeysAreRefusedAtTheirLines() {
        expectProblems("""
            x if http.send({"url": "http://127.0.0.1/"})             | builtin that OPA's WebAssembly has
            x := opa.runtime()                                       | builtin that OPA's WebAssembly has
            x := time.now_ns()                                       | builtin that OPA's WebAssembly has
            x := rand.intn("a", 2)                                   | builtin that OPA's WebAssembly has
            x := net.lookup_ip_addr("localhost")                     | builtin that OPA's WebAssembly has
            x := sprintf("%d", [1])                                  | builtin that OPA's WebAssembly has
            x if trace("a")                                          | builtin that OPA's WebAssembly has
            x if print("a")                                          | builtin that OPA's WebAssembly has
            """);
    }

    @Test
    void whatTheStrictCheckRefusesIsRefusedAtItsLine() {
        expectProblems("x if input.tool.nme == \"a\" | one of annotations, class");
        expectProblems("x if {y := 1} | Rego that opa check --strict accepts");
        expectProblems("x if { a b    | Rego that opa check --strict accepts");
    }

    /// Each line is a module of one rule, and what the problem with it says is expected.
    private static void expectProblems(String table) {
        var lines = table.lines().map(line -> line.split(" +\\| ")).toList();
        var modules = new ArrayList<RegoModule>();
        modules.add(new RegoModule("freeze.rego", DENIES));
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i)[0].replace("\\n", "\n");
            modules.add(new RegoModule(
                    "bad" + i + ".rego",
                    line.startsWith("package ") ? line + "\n" : "package portcullis.custom\n" + line + "\n"));
        }

        var problems = ((Compilation.Rejected) compile(modules.toArray(RegoModule[]::new))).problems();

        assertThat(problems).hasSameSizeAs(lines);
        for (var i = 0; i < lines.size(); i++) {
            var place = "/modules/bad" + i + ".rego";
            var line = lines.get(i);
            assertThat(problems).as(line[0]).anySatisfy((DocumentProblem problem) -> {
                assertThat(problem.path()).isEqualTo(place);
                assertThat(problem.line()).isEqualTo(line[0].startsWith("package ") ? 1 : 2);
                assertThat(problem.expected()).contains(line[1]);
            });
        }
    }

    @Test
    void testsHaveNoInputAndOutputEither() {
        var test = """
                package portcullis.custom_test

                test_env if opa.runtime().env
                """;

        var compilation = compile(new RegoModule("freeze.rego", DENIES), new RegoModule("freeze_test.rego", test));

        assertThat(compilation)
                .isInstanceOfSatisfying(
                        Compilation.Rejected.class,
                        rejected -> assertThat(rejected.problems())
                                .extracting(DocumentProblem::value)
                                .containsExactly("undefined function opa.runtime"));
    }

    @Test
    void refusalsOfPackagesBelowCountAndNeedNoMessage() {
        var below = new RegoModule(
                "below.rego", "package portcullis.custom.below\n\ndeny contains {\"rule\": \"b\"} if input.method\n");
        var test = """
                package portcullis.custom_test

                import data.portcullis.testing

                test_it_counts if testing.denied(testing.message("ping")) == {"b"}
                """;

        assertThat(compile(below, new RegoModule("below_test.rego", test))).isInstanceOf(Compilation.Compiled.class);
    }

    @Test
    void testThatAddsDenialsIsRefused() {
        var test = "package portcullis.custom\ndeny contains 1 if input.method\n";

        assertThat(compile(new RegoModule("freeze.rego", DENIES), new RegoModule("freeze_test.rego", test)))
                .isInstanceOf(Compilation.Rejected.class);
    }

    @Test
    void modulesThatRefuseNothingAreRefused() {
        assertThat(compile(new RegoModule("a.rego", "package portcullis.custom\ndenies contains 1 if input.method\n")))
                .isInstanceOfSatisfying(
                        Compilation.Rejected.class,
                        rejected -> assertThat(rejected.problems())
                                .extracting(DocumentProblem::value)
                                .containsExactly("no module that refuses anything"));
    }

    @Test
    void testThatTakesTooLongFails() {
        var test = """
                package portcullis.custom_test

                test_long if {
                    n := numbers.range(1, 1000)
                    count({[a, b, c, d] | some a in n; some b in n; some c in n; some d in n}) > 0
                }
                """;

        assertThat(compile(new RegoModule("freeze.rego", DENIES), new RegoModule("freeze_test.rego", test)))
                .isInstanceOfSatisfying(
                        Compilation.Rejected.class,
                        rejected -> assertThat(rejected.problems())
                                .extracting(DocumentProblem::value)
                                .containsExactly("test_long cannot be evaluated"));
    }

    private static Compilation compile(RegoModule... modules) {
        return new RegoCompiler(TestOpa.required())
                .compile(new RegoModules(List.of(modules)), "{\"published\": {\"organization\": \"acme\"}}");
    }
}

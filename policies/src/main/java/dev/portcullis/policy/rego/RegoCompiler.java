package dev.portcullis.policy.rego;

import dev.portcullis.policy.document.DocumentProblem;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Checks, tests and compiles an organization's modules. Takes tenths of a second: never on an event
/// loop. Used by many threads.
public final class RegoCompiler {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String BUNDLE = "bundle.tar.gz";
    private static final String TEST_LIMIT = "2s";
    private static final int LONGEST_OUTPUT = 20_000;

    private final Opa opa;

    public RegoCompiler(Opa opa) {
        this.opa = opa;
    }

    /// Goes through every step; the first that finds problems is the last.
    ///
    /// @param published what `data.published` is while tests run: the document that the modules belong
    ///     to, in the form the policy reads
    /// @throws OpaException when the compiler itself cannot be used
    public Compilation compile(RegoModules modules, String published) {
        var problems = modules.problems();
        if (!problems.isEmpty()) {
            return rejected(problems);
        }
        try (var workshop = Workshop.open(modules)) {
            workshop.write(Workshop.PUBLISHED, published);
            problems = inspect(modules, workshop);
            if (problems.isEmpty()) {
                problems = check(workshop, policies(modules), true);
            }
            if (problems.isEmpty()) {
                problems = check(workshop, everything(), false);
            }
            return problems.isEmpty() ? testAndBuild(modules, workshop) : rejected(problems);
        }
    }

    private List<DocumentProblem> inspect(RegoModules modules, Workshop workshop) {
        var problems = new ArrayList<DocumentProblem>();
        var denying = new ArrayList<List<String>>();
        for (var module : modules.modules()) {
            var run = opa.run(
                    workshop.folder(),
                    List.of("parse", "--format", "json", "--json-include", "locations", file(module)));
            if (run.exitCode() != 0) {
                problems.addAll(errors(run));
                continue;
            }
            var findings = ModuleInspection.of(module, json(run.output()));
            problems.addAll(findings.problems());
            if (findings.denies()) {
                denying.add(findings.packageNames());
            }
        }
        if (problems.isEmpty() && denying.isEmpty()) {
            problems.add(new DocumentProblem(
                    "/modules",
                    0,
                    "no module that refuses anything",
                    "a rule deny contains {\"rule\": \"…\", \"message\": \"…\"} if { … }",
                    Optional.empty()));
        }
        workshop.write(Workshop.GATHERED, gathered(denying));
        return problems;
    }

    /// Packages below `portcullis.custom` refuse like itself.
    private static String gathered(List<List<String>> denying) {
        return denying.stream()
                .distinct()
                .filter(names -> names.size() > 2)
                .map(names -> names.stream()
                        .map(JSON::writeValueAsString)
                        .collect(Collectors.joining("][", "deny contains denial if some denial in data[", "].deny\n")))
                .collect(Collectors.joining("\n", "package portcullis.custom\n\n", ""));
    }

    private List<DocumentProblem> check(Workshop workshop, List<String> files, boolean typed) {
        var command = Stream.of(
                "check",
                "--strict",
                "--max-errors",
                "200",
                "--format",
                "json",
                "--capabilities",
                Workshop.CAPABILITIES);
        var types = typed ? Stream.of("--schema", Workshop.SCHEMA) : Stream.<String>empty();
        var run = opa.run(
                workshop.folder(),
                Stream.of(command, types, files.stream()).flatMap(part -> part).toList());
        return run.exitCode() == 0 ? List.of() : errors(run);
    }

    private Compilation testAndBuild(RegoModules modules, Workshop workshop) {
        var tests = json(test(workshop, "--format", "json").output());
        var failures = tests.valueStream()
                .filter(test -> test.path("fail").asBoolean(false) || test.has("error"))
                .map(RegoCompiler::failure)
                .toList();
        if (!failures.isEmpty()) {
            return new Compilation.Rejected(
                    failures, shortened(test(workshop, "--var-values").output()));
        }
        var passed = tests.valueStream()
                .filter(test -> !test.path("skip").asBoolean(false))
                .count();
        return build(modules, workshop, (int) passed);
    }

    private Opa.Run test(Workshop workshop, String... options) {
        var command = Stream.of("test", "--timeout", TEST_LIMIT, "--capabilities", Workshop.CAPABILITIES);
        var run = opa.run(
                workshop.folder(),
                Stream.of(command, Stream.of(options), everything().stream(), Stream.of(Workshop.PUBLISHED))
                        .flatMap(part -> part)
                        .toList());
        if (run.output().isEmpty()) {
            throw new OpaException("opa test says nothing but: " + run.errors());
        }
        return run;
    }

    private Compilation build(RegoModules modules, Workshop workshop, int tests) {
        var command = Stream.of("build", "--target", "wasm", "--capabilities", Workshop.CAPABILITIES);
        var options = Stream.of("--entrypoint", CompiledRego.ENTRY_POINT, "--output", BUNDLE);
        var run = opa.run(
                workshop.folder(),
                Stream.of(command, options, policies(modules).stream())
                        .flatMap(part -> part)
                        .toList());
        if (run.exitCode() != 0) {
            return rejected(List.of(new DocumentProblem(
                    "/modules", 0, shortened(run.errors() + run.output()), "modules that compile", Optional.empty())));
        }
        try {
            return new Compilation.Compiled(
                    RegoBundle.read(workshop.read(BUNDLE)).program(), tests);
        } catch (IOException | IllegalArgumentException e) {
            throw new OpaException("opa build gave no bundle with a module: " + e.getMessage(), e);
        }
    }

    /// What takes part in decisions, and nothing else.
    private static List<String> policies(RegoModules modules) {
        return Stream.concat(
                        modules.modules().stream()
                                .filter(module -> !module.isTest())
                                .map(RegoCompiler::file),
                        Stream.of(Workshop.GATHERED, Workshop.ASKING))
                .toList();
    }

    private static List<String> everything() {
        return List.of(Workshop.OWN, Workshop.GATHERED, Workshop.PRODUCT);
    }

    private static String file(RegoModule module) {
        return Workshop.OWN + "/" + module.path();
    }

    private static DocumentProblem failure(JsonNode test) {
        return new DocumentProblem(
                place(test),
                test.path("location").path("row").asInt(0),
                test.path("name").asString("") + (test.has("error") ? " cannot be evaluated" : " fails"),
                "tests that pass",
                Optional.empty());
    }

    private static List<DocumentProblem> errors(Opa.Run run) {
        var text = run.output().isBlank() ? run.errors() : run.output();
        return json(text)
                .path("errors")
                .valueStream()
                .map(error -> new DocumentProblem(
                        place(error),
                        error.path("location").path("row").asInt(0),
                        error.path("message").asString(""),
                        expected(error),
                        Optional.empty()))
                .toList();
    }

    private static String expected(JsonNode error) {
        var known = error.path("details")
                .path("oneOf")
                .valueStream()
                .map(name -> name.asString(""))
                .collect(Collectors.joining(", "));
        if (!known.isEmpty()) {
            return "one of " + known;
        }
        return error.path("message").asString("").startsWith("undefined function")
                ? "a builtin that OPA's WebAssembly has, without input or output"
                : "Rego that opa check --strict accepts";
    }

    private static String place(JsonNode found) {
        var file = found.path("location").path("file").asString("");
        var own = Workshop.OWN + "/";
        return file.startsWith(own) ? RegoModules.place(file.substring(own.length())) : "/modules";
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw new OpaException("opa says what is no JSON: " + shortened(text), e);
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_OUTPUT ? text : text.substring(0, LONGEST_OUTPUT) + "…";
    }

    private static Compilation.Rejected rejected(List<DocumentProblem> problems) {
        return new Compilation.Rejected(problems, "");
    }
}

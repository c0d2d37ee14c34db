package dev.portcullis.policy.rego;

import dev.portcullis.policy.document.DocumentProblem;
import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What one module, as `opa parse` shows it, does that it must not: stand in another package, look at
/// data that is not its own, refuse in a form nobody asks for, or give the compiler orders.
///
/// Which builtins it uses is the compiler's to check, against `capabilities.json`.
final class ModuleInspection {
    private static final String DATA = "data";
    private static final String DENY = "deny";
    private static final List<String> CUSTOM = List.of("portcullis", "custom");
    private static final List<String> CUSTOM_TEST = List.of("portcullis", "custom_test");
    private static final Pattern METADATA = Pattern.compile("(?m)^[ \\t]*#[ \\t]*METADATA[ \\t]*$");

    private final RegoModule module;
    private final List<DocumentProblem> problems = new ArrayList<>();
    private boolean denies;

    private ModuleInspection(RegoModule module) {
        this.module = module;
    }

    /// @param denies whether it adds to a rule `deny`
    /// @param packageNames its package, without `data`
    record Findings(List<DocumentProblem> problems, boolean denies, List<String> packageNames) {}

    static Findings of(RegoModule module, JsonNode parsed) {
        var inspection = new ModuleInspection(module);
        var names = names(parsed.path("package").path("path"));
        inspection.checkPackage(names, parsed.path("package"));
        inspection.checkAnnotations();
        parsed.path("imports").forEach(inspection::checkImport);
        parsed.path("rules").forEach(inspection::checkRule);
        return new Findings(inspection.problems, inspection.denies, names);
    }

    private void checkPackage(List<String> names, JsonNode where) {
        var fits = startsWith(names, CUSTOM) || (module.isTest() && startsWith(names, CUSTOM_TEST));
        if (!fits) {
            report(
                    where,
                    "package " + String.join(".", names),
                    module.isTest()
                            ? "package portcullis.custom_test, or portcullis.custom and below"
                            : "package portcullis.custom, or one below it");
        }
    }

    private void checkAnnotations() {
        var found = METADATA.matcher(module.source());
        if (found.find()) {
            var line = (int) module.source().substring(0, found.start()).lines().count() + 1;
            report(line, "# METADATA", "no annotations: they give the compiler orders");
        }
    }

    private void checkImport(JsonNode imported) {
        var path = imported.path("path");
        var root = path.path("value").path(0).path("value").asString("");
        switch (root) {
            case DATA -> checkData(path);
            case "input", "rego", "future" -> {}
            default -> report(imported, "import " + root, "imports of input or data");
        }
    }

    private void checkRule(JsonNode rule) {
        var head = rule.path("head");
        if (head.path("ref").path(0).path("value").asString("").equals(DENY)) {
            checkDeny(rule, head);
        }
        checkTerms(rule);
    }

    private void checkDeny(JsonNode rule, JsonNode head) {
        if (module.isTest()) {
            report(rule, "a rule deny in a test", "tests to ask deny, not to add to it");
        } else if (head.path("ref").size() != 1 || !head.has("key") || head.has("value") || head.has("args")) {
            report(rule, "a rule deny of another form", "deny contains {\"rule\": \"…\", \"message\": \"…\"} if { … }");
        } else {
            denies = true;
        }
    }

    /// Whatever is below a node that names data.
    private void checkTerms(JsonNode node) {
        if (isReference(node)) {
            checkData(node);
            node.path("value").valueStream().skip(1).forEach(this::checkTerms);
        } else if (isData(node) && !module.isTest()) {
            report(node, "data as a whole", "data.portcullis.custom and what is below it");
        } else {
            node.valueStream().forEach(this::checkTerms);
        }
    }

    private void checkData(JsonNode reference) {
        var names = names(reference.path("value"));
        if (!module.isTest() && !startsWith(names, CUSTOM)) {
            report(
                    reference,
                    Stream.concat(Stream.of(DATA), names.stream())
                            .reduce((a, b) -> a + "." + b)
                            .orElse(DATA),
                    "data.portcullis.custom and what is below it; all about the request is in input");
        }
    }

    private static boolean isReference(JsonNode node) {
        return node.path("type").asString("").equals("ref")
                && isData(node.path("value").path(0));
    }

    private static boolean isData(JsonNode term) {
        return term.path("type").asString("").equals("var")
                && term.path("value").asString("").equals(DATA);
    }

    /// The texts that follow `data`, up to the first that is not one.
    private static List<String> names(JsonNode path) {
        return path.valueStream()
                .skip(1)
                .takeWhile(term -> term.path("type").asString("").equals("string"))
                .map(term -> term.path("value").asString(""))
                .toList();
    }

    private static boolean startsWith(List<String> names, List<String> beginning) {
        return names.size() >= beginning.size()
                && names.subList(0, beginning.size()).equals(beginning);
    }

    private void report(JsonNode where, String value, String expected) {
        report(where.path("location").path("row").asInt(0), value, expected);
    }

    private void report(int line, String value, String expected) {
        problems.add(new DocumentProblem(RegoModules.place(module.path()), line, value, expected, Optional.empty()));
    }
}

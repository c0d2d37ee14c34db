package dev.portcullis.console.policytests;

import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.scenario.Scenario;
import dev.portcullis.policy.scenario.ScenarioException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a regression test says: a case of a scenario file, as `portcullis policy test` runs it, with a name.
///
/// @param name unique, and fit for the path of a URL
/// @param definition `{"when": …, "then": …}`
/// @param notGating why publication does not wait for it; empty when it does
public record PolicyTestCase(String name, String definition, Optional<String> notGating) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} .,_()':+=@-]{0,119}");
    private static final Set<String> RESERVED = Set.of("run", "export", "import");
    private static final int LONGEST = 20_000;
    private static final int LONGEST_REASON = 500;

    /// Of any document nothing but its organization is looked at when a case is read.
    private static final PolicyDocument ANY = new PolicyDocument("any", Map.of(), List.of(), Map.of());

    public PolicyTestCase {
        if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
            throw new IllegalArgumentException(
                    "name: " + name + " (expected: letters, digits, spaces and . , _ ( ) ' : +"
                            + " = @ -, at most 120, none of run, export and import alone)");
        }
        if (definition.length() > LONGEST) {
            throw new IllegalArgumentException(
                    name + ": " + definition.length() + " characters (expected: at most " + LONGEST + ")");
        }
        notGating.ifPresent(reason -> {
            if (reason.isBlank() || reason.length() > LONGEST_REASON) {
                throw new IllegalArgumentException("notGating: (expected: why publication does not wait for it, in at"
                        + " most " + LONGEST_REASON + " characters)");
            }
        });
    }

    /// @throws IllegalArgumentException that says what is wrong
    public static PolicyTestCase of(String name, JsonNode when, JsonNode then, Optional<String> notGating) {
        var definition = JSON.createObjectNode();
        definition.set("when", when);
        definition.set("then", then);
        var test = new PolicyTestCase(name, definition.toString(), notGating);
        var _ = test.of(ANY);
        return test;
    }

    /// A case whose parts are written in YAML.
    ///
    /// @throws IllegalArgumentException that says what is wrong
    public static PolicyTestCase ofYaml(String name, String when, String then, Optional<String> notGating) {
        return of(name, TestFile.mapping("when", when), TestFile.mapping("then", then), notGating);
    }

    /// The request in YAML.
    public String whenAsYaml() {
        return TestFile.yaml(when());
    }

    /// What is to be decided, in YAML.
    public String thenAsYaml() {
        return TestFile.yaml(then());
    }

    public JsonNode when() {
        return JSON.readTree(definition).path("when");
    }

    public JsonNode then() {
        return JSON.readTree(definition).path("then");
    }

    /// The question to a document, and what is expected of the answer.
    ///
    /// @throws IllegalArgumentException when an upgrade has changed the format
    Scenario.Case of(PolicyDocument document) {
        var scenario = JSON.createObjectNode().put("title", name);
        var one = (ObjectNode) JSON.readTree(definition);
        scenario.putArray("cases").add(one.put("name", name));
        try {
            return Scenario.read(scenario.toString(), Optional.of(document))
                    .cases()
                    .getFirst();
        } catch (ScenarioException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()).replaceFirst("^case 1", name), e);
        }
    }
}

package dev.portcullis.console.policytests;

import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.scenario.Scenario;
import dev.portcullis.policy.scenario.ScenarioException;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Regression tests as a scenario file, which `portcullis policy test` runs too.
final class TestFile {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String TITLE = "Regression tests of the policy";
    private static final int MOST_CHARACTERS = 4_000_000;
    private static final PolicyDocument ANY = new PolicyDocument("any", Map.of(), List.of(), Map.of());

    private TestFile() {}

    /// Cases without a name get one from the file's title.
    ///
    /// @throws IllegalArgumentException that says what is wrong where
    static List<PolicyTestCase> read(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("The file is longer than " + MOST_CHARACTERS + " characters.");
        }
        var file = load(text);
        if (file.has("given")) {
            throw new IllegalArgumentException(
                    "given: (expected: none; the tests of a console are about the policy it publishes)");
        }
        try {
            var _ = Scenario.read(text, Optional.of(ANY));
        } catch (ScenarioException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
        var tests = new ArrayList<PolicyTestCase>();
        var names = new HashSet<String>();
        for (var one : file.path("cases")) {
            var name = one.has("name") ? one.path("name").asString() : named(file, tests.size() + 1);
            if (!names.add(name)) {
                throw new IllegalArgumentException("name: " + name + " (expected: each name once)");
            }
            tests.add(PolicyTestCase.of(
                    name,
                    one.path("when"),
                    one.path("then"),
                    Optional.ofNullable(one.get("notGating")).map(JsonNode::asString)));
        }
        return tests;
    }

    private static String named(JsonNode file, int number) {
        var title = file.path("title")
                .asString()
                .replaceAll("[^\\p{L}\\p{N} .,_()':+=@-]", " ")
                .strip();
        return (title.length() > 100 ? title.substring(0, 100) : title) + " " + number;
    }

    private static JsonNode load(String text) {
        try {
            var settings = LoadSettings.builder()
                    .setSchema(new CoreSchema())
                    .setMaxAliasesForCollections(20)
                    .build();
            var tree = JSON.<JsonNode>valueToTree(new Load(settings).loadFromString(text));
            if (tree == null || !tree.isObject()) {
                throw new IllegalArgumentException("The file: (expected: a mapping with title and cases)");
            }
            return tree;
        } catch (YamlEngineException | ClassCastException e) {
            throw new IllegalArgumentException("this is no YAML: " + e.getMessage(), e);
        }
    }

    static String write(List<PolicyTestCase> tests) {
        var file = new LinkedHashMap<String, Object>();
        file.put("title", TITLE);
        file.put("cases", tests.stream().map(TestFile::written).toList());
        return dump(file);
    }

    private static String dump(Object value) {
        return new Dump(DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .setIndicatorIndent(2)
                        .setIndentWithIndicator(true)
                        .build())
                .dumpToString(value);
    }

    /// One part of a case as people write it.
    static String yaml(JsonNode part) {
        return dump(JSON.convertValue(part, Object.class));
    }

    /// What people wrote.
    ///
    /// @throws IllegalArgumentException when it is no mapping
    static JsonNode mapping(String place, String text) {
        try {
            return load(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    place + ": (expected: a mapping in YAML, such as call: list_entities)", e);
        }
    }

    private static Map<String, Object> written(PolicyTestCase test) {
        var one = new LinkedHashMap<String, Object>();
        one.put("name", test.name());
        one.put("when", JSON.convertValue(test.when(), Object.class));
        one.put("then", JSON.convertValue(test.then(), Object.class));
        test.notGating().ifPresent(reason -> one.put("notGating", reason));
        return one;
    }
}

package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.PolicyInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Which tests of arguments hold of a call: those of `match` rather, those of `except` only without doubt.
class ArgumentTestsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [a]            | {"k": "a"}            | true
            [a]            | {"k": ["b", ["a"]]}   | true
            [a]            | {"k": "b"}            | false
            [a]            | {"k": {"a": "a"}}     | false
            [a]            | {}                    | false
            [1]            | {"k": 1.0}            | true
            [1]            | {"k": "1"}            | false
            [true]         | {"k": true}           | true
            [true]         | {"k": false}          | false
            [null]         | {"k": null}           | true
            [null]         | {}                    | false
            {matches: x}   | {"k": "axb"}          | true
            {matches: x}   | {"k": ["y", "x"]}     | true
            {matches: x}   | {"k": "y"}            | false
            {matches: x}   | {"k": {"x": "x"}}     | false
            {matches: "5"} | {"k": 15}             | true
            {matches: tru} | {"k": true}           | true
            {matches: n}   | {"k": null}           | false
            {absent: true} | {}                    | true
            {absent: true} | {"k": null}           | true
            {absent: true} | {"k": "a"}            | false
            {absent: true} | {"k": []}             | false
            """)
    void testOfAMatchHoldsWhereItMay(String test, String arguments, boolean holds) {
        assertThat(written("match", test, arguments).has("argumentTests")).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [a]            | {"k": "a"}            | true
            [a]            | {"k": ["a"]}          | false
            [null]         | {"k": null}           | true
            {matches: x}   | {"k": "axb"}          | true
            {matches: x}   | {"k": ["x"]}          | false
            {matches: "5"} | {"k": 15}             | false
            {matches: tru} | {"k": true}           | false
            {absent: true} | {}                    | true
            {absent: true} | {"k": null}           | false
            {absent: true} | {"k": "a"}            | false
            """)
    void testOfAnExceptionHoldsOnlyWhereItMust(String test, String arguments, boolean holds) {
        assertThat(written("except", test, arguments).has("argumentTests")).isEqualTo(holds);
    }

    @Test
    void documentWithoutTestsDoesNotReadArguments() {
        var writer = new InputWriter(Inputs.document("rules: [{id: r, deny: true}]\n"));

        assertThat(writer.write(Inputs.call("x", "{"))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"k\": 1, \"k\": 2}", "{} {}"})
    void argumentsThatCannotBeReadAreNoQuestion(String arguments) {
        assertThatThrownBy(() -> written("match", "[a]", arguments)).isInstanceOf(NoAnswer.class);
    }

    @Test
    void halfOfASurrogatePairIsNoName() {
        // Given
        var writer = new InputWriter(Inputs.document("rules: [{id: r, deny: true}]\n"));

        // Then
        assertThat(name(writer, "a\ud83d\ude00b")).isEqualTo("a\ud83d\ude00b");
        for (var broken : new String[] {"a\ud83d", "\ude00a", "\ude00\ud83d", "\ud83d\ude00\ude00"}) {
            assertThatThrownBy(() -> writer.write(Inputs.call(broken, "{}"))).isInstanceOf(NoAnswer.class);
        }
    }

    private static String name(InputWriter writer, String tool) {
        return read(writer, Inputs.call(tool, "{}")).get("tool").get("name").asString();
    }

    private static JsonNode written(String side, String test, String arguments) {
        var rules = "rules: [{id: r, %s: {arguments: {/k: %s}}, deny: true}]\n".formatted(side, test);
        return read(new InputWriter(Inputs.document(rules)), Inputs.call("x", arguments));
    }

    private static JsonNode read(InputWriter writer, PolicyInput input) {
        return JsonMapper.shared().readTree(writer.write(input));
    }
}

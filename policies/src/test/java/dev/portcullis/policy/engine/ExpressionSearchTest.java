package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What expressions find in the arguments of calls, and how much they may search.
class ExpressionSearchTest {
    private static final String HUNDRED =
            "rules: [{id: r, match: {arguments: {/a: {matches: '^-?100$'}}}, deny: true}]";

    @ParameterizedTest
    @ValueSource(strings = {"100", "1e2", "1E+2", "100.0", "10000e-2", "-100.00", "\"100\"", "[[1e2]]"})
    void numberIsFoundHoweverItIsWritten(String number) {
        assertThat(decide(HUNDRED, "{\"a\": " + number + "}")).isInstanceOf(Decision.Deny.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"101", "1e3", "1e999999999", "1e-999999999", "0.100"})
    void otherNumbersAreNot(String number) {
        assertThat(decide(HUNDRED, "{\"a\": " + number + "}")).isInstanceOf(Decision.Allow.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e2", "100"})
    void exceptionHoldsForTextsOnly(String number) {
        var rules = "rules: [{id: r, except: {arguments: {/a: {matches: '^100$'}}}, deny: true}]";

        assertThat(decide(rules, "{\"a\": " + number + "}")).isInstanceOf(Decision.Deny.class);
    }

    @Test
    void callThatIsTooLongForAllExpressionsIsNotDecided() {
        // Given many expressions about one argument
        var rules = IntStream.range(0, 40)
                .mapToObj("{id: r%d, match: {arguments: {/a: {matches: 'never%<d'}}}, deny: true}"::formatted)
                .collect(Collectors.joining(", ", "rules: [", "]"));

        // Then
        assertThat(decide(rules, argument(100_000))).isInstanceOf(Decision.Allow.class);
        assertThat(decide(rules, argument(1_000_000)))
                .isInstanceOfSatisfying(
                        Decision.Undecided.class,
                        undecided -> assertThat(undecided.reason()).contains("too long for all expressions"));
    }

    private static String argument(int length) {
        return "{\"a\": \"" + "x".repeat(length) + "\"}";
    }

    private static Decision decide(String rules, String argumentsJson) {
        return EmbeddedDecisionPoint.compile(Inputs.document(rules), 1, List.of(), 1)
                .decide(Inputs.call("list_entities", argumentsJson))
                .value();
    }
}

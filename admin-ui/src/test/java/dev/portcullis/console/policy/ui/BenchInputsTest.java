package dev.portcullis.console.policy.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vaadin.flow.router.QueryParameters;
import dev.portcullis.policy.Question;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.Map;

class BenchInputsTest {
    private static final Instant NOW = Instant.parse("2026-11-27T18:00:00Z");

    private static final Map<String, String> CASE = Map.of(
            "policy", "published",
            "route", "port-eu",
            "caller", "ada",
            "groups", "developers, platform",
            "client", "cursor",
            "address", "203.0.113.7",
            "time", "2026-11-28T00:00:00Z",
            "tool", "run_action",
            "arguments", "{\"actionIdentifier\": \"deploy\"}");

    @Test
    void aCaseInTheUrlIsTheSameCaseAgain() {
        var inputs = BenchInputs.of(QueryParameters.simple(CASE));

        assertThat(inputs.parameters()).isEqualTo(CASE);
        assertThat(inputs.isAsked()).isTrue();
        assertThat(BenchInputs.of(QueryParameters.empty()).isAsked()).isFalse();
    }

    @Test
    void aCaseIsAQuestionToThePolicy() {
        var input = BenchInputs.of(QueryParameters.simple(CASE)).input(NOW);

        assertThat(input.time()).isEqualTo(Instant.parse("2026-11-28T00:00:00Z"));
        assertThat(input.caller().groups()).containsExactly("developers", "platform");
        assertThat(input.caller().verified()).isTrue();
        assertThat(input.client().address().getHostAddress()).isEqualTo("203.0.113.7");
        assertThat(input.question()).isInstanceOfSatisfying(Question.ToolCall.class, call -> {
            assertThat(call.tool().name()).isEqualTo("run_action");
            assertThat(call.argumentsJson()).isEqualTo("{\"actionIdentifier\":\"deploy\"}");
        });
    }

    @Test
    void whatIsLeftOutIsAsUsual() {
        var input = BenchInputs.of(QueryParameters.simple(Map.of("route", "port-eu")))
                .input(NOW);

        assertThat(input.time()).isEqualTo(NOW);
        assertThat(input.caller().kind()).isEqualTo("anonymous");
        assertThat(input.client().address().isLoopbackAddress()).isTrue();
        assertThat(input.question()).isInstanceOf(Question.Connection.class);
    }

    @ParameterizedTest
    @CsvSource({"time, tomorrow", "address, localhost", "arguments, '[1]'", "arguments, '{'"})
    void whatCannotBeAskedIsNamed(String key, String value) {
        var wrong =
                BenchInputs.of(QueryParameters.simple(Map.of("route", "port-eu", "tool", "run_action", key, value)));

        assertThatThrownBy(() -> wrong.input(NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + ": ");
    }
}

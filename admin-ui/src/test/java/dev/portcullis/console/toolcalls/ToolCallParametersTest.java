package dev.portcullis.console.toolcalls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/// What may be asked for in list, export and live tail.
@Timeout(30)
class ToolCallParametersTest {
    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-11-22T12:00:00Z");

    private final RunningConsole console = RunningConsole.shared();

    /// An empty answer would say that there were none.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            outcome=lost                    | outcome: lost (expected: one or several of succeeded, denied, refused,
            outcome=denied,lost             | outcome: lost (expected:
            outcome=,                       | outcome:  (expected:
            outcome=                        | outcome:  (expected:
            decision=maybe                  | decision: maybe (expected: one of allowed, denied, undecided, none)
            from=yesterday                  | from: yesterday (expected: a time such as 2026-11-27T10:00:00Z)
            to=2026-02-30T00:00:00Z         | to: 2026-02-30T00:00:00Z (expected: a time such as
            to=%2B999999999-01-01T00:00:00Z | to: +999999999-01-01T00:00Z (expected: a time such as
            from=2026-02-01T00:00:00Z&to=2026-01-31T00:00:00Z | to: 2026-01-31T00:00Z (expected: not before from, 2026-02-01T00:00Z)
            """)
    void whatNoCallCanBeIsNamedWithWhatIsExpected(String parameters, String problem) {
        assertThat(List.of("", "/export", "/stream")).allSatisfy(path -> {
            var refused = console.get("/api/v1/tool-calls" + path + "?" + parameters);
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
            assertThat(refused.headers().firstValue("content-type")).contains("application/problem+json");
            assertThat(RunningConsole.json(refused).path("detail").asString()).startsWith(problem);
        });
    }

    @Test
    void everyOutcomeAndDecisionThereIsMayBeAskedForAndIsDescribed() {
        assertThat(status("outcome=" + String.join(",", ToolCall.OUTCOMES))).isEqualTo(200);
        assertThat(ToolCall.OUTCOMES)
                .allSatisfy(outcome -> assertThat(status("outcome=" + outcome)).isEqualTo(200));
        assertThat(ToolCall.DECISIONS)
                .allSatisfy(
                        decision -> assertThat(status("decision=" + decision)).isEqualTo(200));
        assertThat(RunningConsole.json(console.get("/api/openapi.json"))
                        .at("/paths/~1api~1v1~1tool-calls/get/parameters")
                        .toString())
                .contains(String.join(", ", ToolCall.OUTCOMES), String.join(", ", ToolCall.DECISIONS));
    }

    @Test
    void timeThatEndsWhereItBeginsIsEmpty() {
        assertThat(RunningConsole.json(console.get(
                                "/api/v1/tool-calls?from=2026-02-01T00:00:00Z&to=2026-02-01T01:00:00%2B01:00"))
                        .path("items")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void idThatIsNoneIsNamed() {
        assertThat(console.get("/api/v1/tool-calls/none").body()).contains("id: none (expected: an id such as");
    }

    /// The list asks so whether there is anything newer.
    @Test
    void nothingIsWantedOfWhatEndsBeforeIt() {
        // Given
        var filter = new ToolCallFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(NOON.minusHours(1)),
                Optional.of(NOON));

        // When
        var later = filter.notBefore(NOON.plusHours(1));

        // Then
        assertThat(later.from()).contains(NOON.plusHours(1)).isEqualTo(later.to());
    }

    private int status(String parameters) {
        return console.get("/api/v1/tool-calls?limit=1&" + parameters).statusCode();
    }
}

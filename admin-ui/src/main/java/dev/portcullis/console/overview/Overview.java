package dev.portcullis.console.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.portcullis.console.counts.CountedPeriod;
import dev.portcullis.console.counts.Latencies;
import dev.portcullis.console.counts.NamedCount;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the gateway did in a period, and how it is doing now.
///
/// @param from the beginning of the period that was counted: at or before what was asked for
/// @param to its end, exclusive: at or behind what was asked for
/// @param step how long each part of the series is, as ISO 8601 has it
/// @param total of the whole period
/// @param series each step of the period, oldest first
/// @param tools those with the most calls, at most [#TOP]
/// @param callers those with the most calls
/// @param rules those that denied the most calls
/// @param waiting how many records are not counted yet
/// @param recorded whether anything has ever been recorded
/// @param attention what somebody should look at, the most important first
public record Overview(
        OffsetDateTime from,
        OffsetDateTime to,
        String step,
        Numbers total,
        List<Step> series,
        List<NamedCount> tools,
        List<NamedCount> callers,
        List<NamedCount> rules,
        long waiting,
        boolean recorded,
        List<Attention> attention) {
    /// How many names a list has at most.
    public static final int TOP = 8;

    public Overview {
        series = List.copyOf(series);
        tools = List.copyOf(tools);
        callers = List.copyOf(callers);
        rules = List.copyOf(rules);
        attention = List.copyOf(attention);
    }

    /// What became of calls.
    ///
    /// @param latency of tool calls that an upstream answered; absent when there was none
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Numbers(long succeeded, long refusals, long errors, long others, Optional<Latency> latency) {

        static Numbers of(Map<String, Long> outcomes, Latencies latencies) {
            var refusals = OutcomeGroup.REFUSALS.sum(outcomes);
            var errors = OutcomeGroup.ERRORS.sum(outcomes);
            var succeeded = OutcomeGroup.SUCCEEDED.sum(outcomes);
            var all = outcomes.values().stream().mapToLong(Long::longValue).sum();
            return new Numbers(succeeded, refusals, errors, all - succeeded - refusals - errors, Latency.of(latencies));
        }

        /// Whatever became of them.
        @JsonProperty("calls")
        public long calls() {
            return succeeded + refusals + errors + others;
        }
    }

    /// In microseconds, within a tenth.
    public record Latency(long p50, long p95, long p99) {

        static Optional<Latency> of(Latencies latencies) {
            return latencies
                    .quantile(0.5)
                    .flatMap(p50 -> latencies
                            .quantile(0.95)
                            .flatMap(p95 -> latencies.quantile(0.99).map(p99 -> new Latency(p50, p95, p99))));
        }
    }

    /// A part of the series.
    public record Step(OffsetDateTime at, Numbers numbers) {}

    /// Of counts by step and outcome, and latencies by step.
    static List<Step> series(
            CountedPeriod period,
            Map<OffsetDateTime, Map<String, Long>> outcomes,
            Map<OffsetDateTime, Latencies> latencies) {
        return period.steps().stream()
                .map(at -> new Step(
                        at,
                        Numbers.of(outcomes.getOrDefault(at, Map.of()), latencies.getOrDefault(at, Latencies.none()))))
                .toList();
    }
}

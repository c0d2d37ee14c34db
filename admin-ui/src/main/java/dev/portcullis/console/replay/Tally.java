package dev.portcullis.console.replay;

import dev.portcullis.policy.recorded.RecordedExchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// What a replay has found so far. Not thread-safe.
final class Tally {
    private static final int MOST_REASONS = 200;
    private static final String OTHER = "other reasons";

    private final int samples;
    private final Groups newlyRefused;
    private final Groups newlyAllowed;
    private final Groups observed;
    private final Map<String, Reason> unknown = new TreeMap<>();
    private final Map<String, Reason> skipped = new TreeMap<>();
    private long records;
    private long stillAllowed;
    private long stillRefused;

    Tally(int samples) {
        this.samples = samples;
        newlyRefused = new Groups(samples);
        newlyAllowed = new Groups(samples);
        observed = new Groups(samples);
    }

    private static final class Reason {
        private long count;
        private final List<UUID> samples = new ArrayList<>();
    }

    void add(RecordedExchange exchange, Comparison comparison) {
        records++;
        switch (comparison) {
            case Comparison.Same(var allowed, var rules) -> {
                stillAllowed += allowed ? 1 : 0;
                stillRefused += allowed ? 0 : 1;
                observed.add(exchange, allowed ? rules : List.of());
            }
            case Comparison.NewlyRefused(var rules) -> newlyRefused.add(exchange, rules);
            case Comparison.NewlyAllowed(var rules, var observedNow) -> {
                newlyAllowed.add(exchange, rules);
                observed.add(exchange, observedNow);
            }
            case Comparison.Unknown(var reason) -> add(unknown, reason, exchange);
            case Comparison.Skipped(var reason) -> add(skipped, reason, exchange);
        }
    }

    long records() {
        return records;
    }

    ReplayFindings findings() {
        return new ReplayFindings(
                records,
                new ReplayFindings.Same(stillAllowed, stillRefused),
                newlyRefused.shown(),
                newlyAllowed.shown(),
                observed.shown(),
                shown(unknown),
                shown(skipped));
    }

    private void add(Map<String, Reason> reasons, String text, RecordedExchange exchange) {
        var known = reasons.containsKey(text) || reasons.size() < MOST_REASONS ? text : OTHER;
        var reason = reasons.computeIfAbsent(known, any -> new Reason());
        reason.count++;
        if (reason.samples.size() < samples) {
            reason.samples.add(exchange.id());
        }
    }

    private static List<ReplayFindings.Counted> shown(Map<String, Reason> reasons) {
        return reasons.entrySet().stream()
                .map(entry ->
                        new ReplayFindings.Counted(entry.getKey(), entry.getValue().count, entry.getValue().samples))
                .toList();
    }
}

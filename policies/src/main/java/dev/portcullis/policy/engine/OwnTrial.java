package dev.portcullis.policy.engine;

import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.document.PolicyDocument;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Tries an organization's own rules before anybody depends on them.
final class OwnTrial {
    private static final long NANOS_AT_FIRST = Duration.ofMillis(500).toNanos();
    private static final int ATTEMPTS = 40;
    private static final int ROUNDS = 50;
    private static final int PATIENCE = 20;

    private final OwnRules own;
    private final InputWriter writer;
    private final List<PolicyInput> usual;

    OwnTrial(OwnRules own, PolicyDocument document) {
        this.own = own;
        this.writer = new InputWriter(document, true);
        this.usual = WarmUp.of(document).inputs();
    }

    /// Some rounds at least, however busy the machine is, and some time at least, however fast.
    void warmUp(long nanos) {
        var inputs = usual.stream().map(writer::write).toList();
        var start = System.nanoTime();
        try {
            for (var round = 0; isCold(round, System.nanoTime() - start, nanos) && !inputs.isEmpty(); round++) {
                inputs.forEach(input -> own.ask(input, NANOS_AT_FIRST));
            }
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("compiled modules do not answer: " + e.getMessage(), e);
        }
    }

    private static boolean isCold(int round, long passed, long nanos) {
        return passed < nanos || (round < ROUNDS && passed < PATIENCE * nanos);
    }

    Optional<String> overBudget(List<PolicyInput> recorded) {
        return Stream.concat(usual.stream(), recorded.stream())
                .flatMap(input -> overBudget(input).stream())
                .findFirst();
    }

    /// The first attempts run code that the JIT compiler does not know yet, so the best of them counts.
    private Optional<String> overBudget(PolicyInput input) {
        var json = writer.write(input);
        var best = Long.MAX_VALUE;
        try {
            for (var attempt = 0; attempt < ATTEMPTS && best > own.allowed(json); attempt++) {
                var start = System.nanoTime();
                own.ask(json, NANOS_AT_FIRST);
                best = Math.min(best, System.nanoTime() - start);
            }
        } catch (RuntimeException e) {
            return Optional.of(describe(input) + ": " + e.getMessage());
        }
        return best <= own.allowed(json)
                ? Optional.empty()
                : Optional.of(describe(input) + ": takes " + best / 1_000 + " µs (allowed: " + own.allowed(json) / 1_000
                        + " µs)");
    }

    private static String describe(PolicyInput input) {
        return "a question about " + input.question().getClass().getSimpleName() + " of route " + input.route();
    }
}

package dev.portcullis.console.replay;

import dev.portcullis.console.evaluation.ReadyPolicy;
import dev.portcullis.policy.Decision;
import dev.portcullis.policy.ValueDigests;
import dev.portcullis.policy.recorded.Reconstruction;
import dev.portcullis.policy.recorded.Reconstruction.Answer;
import dev.portcullis.policy.recorded.RecordedExchange;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/// Puts records to a policy, without kills, and compares its answers. Safe for as many threads as the
/// policies are.
final class Comparer {
    private static final String UNKNOWN_ROUTE = "gateway:unknown_route";

    private final Asked policy;
    private final Optional<Asked> baseline;
    private final Optional<ValueDigests> digests;
    private final Function<OptionalLong, Set<String>> limitRules;

    /// @param baseline what to compare with; absent for what was recorded
    /// @param limitRules the rules of a version that only count calls
    Comparer(
            ReadyPolicy policy,
            Optional<ReadyPolicy> baseline,
            Optional<ValueDigests> digests,
            Function<OptionalLong, Set<String>> limitRules) {
        this.policy = new Asked(policy);
        this.baseline = baseline.map(Asked::new);
        this.digests = digests;
        this.limitRules = limitRules;
    }

    Comparison compare(RecordedExchange exchange) {
        if (exchange.decision().equals("none")) {
            return new Comparison.Skipped("refused before the policy was asked");
        }
        var question = exchange.reconstruct(digests);
        return switch (question) {
            case Reconstruction.Later later ->
                new Comparison.Skipped("refused for what came later: a question of the server, or a stream cut off");
            case Reconstruction.Impossible(var reason) ->
                outside(exchange)
                        .<Comparison>map(Comparison.Skipped::new)
                        .orElseGet(() -> new Comparison.Unknown(reason));
            case Reconstruction.Exact exact -> known(exchange, question);
            case Reconstruction.TwoReadings hidden -> known(exchange, question);
        };
    }

    private Comparison known(RecordedExchange exchange, Reconstruction question) {
        if (baseline.isPresent()) {
            return switch (baseline.get().answer(exchange, question)) {
                case Answer.Unknown(var reason) -> new Comparison.Unknown(reason);
                case Answer.Decided(var before) -> compared(refusals(before), policy.answer(exchange, question));
            };
        }
        return outside(exchange)
                .<Comparison>map(Comparison.Skipped::new)
                .orElseGet(() -> compared(
                        exchange.decision().equals("allowed") ? Optional.empty() : Optional.of(exchange.rules()),
                        policy.answer(exchange, question)));
    }

    private static Comparison compared(Optional<List<String>> before, Answer now) {
        return switch (now) {
            case Answer.Unknown(var reason) -> new Comparison.Unknown(reason);
            case Answer.Decided(var decision) -> {
                var after = refusals(decision);
                var observed = decision.observed().stream()
                        .map(Decision.Denial::rule)
                        .distinct()
                        .toList();
                if (before.isPresent() == after.isPresent()) {
                    yield new Comparison.Same(after.isEmpty(), observed);
                }
                yield after.<Comparison>map(Comparison.NewlyRefused::new)
                        .orElseGet(() -> new Comparison.NewlyAllowed(before.orElseThrow(), observed));
            }
        };
    }

    private static Optional<List<String>> refusals(Decision decision) {
        return decision instanceof Decision.Deny deny ? Optional.of(deny.rules()) : Optional.empty();
    }

    /// Why a refusal was none of the document's; a replay says nothing about it.
    private Optional<String> outside(RecordedExchange exchange) {
        if (exchange.decision().equals("allowed")) {
            return Optional.empty();
        }
        if (exchange.rules().stream().anyMatch(rule -> rule.startsWith("kill:"))) {
            return Optional.of("refused by a kill");
        }
        if (exchange.rules().stream().anyMatch(rule -> rule.startsWith("gateway:"))) {
            return Optional.of("refused by the gateway itself");
        }
        return !exchange.rules().isEmpty()
                        && limitRules.apply(exchange.policyVersion()).containsAll(exchange.rules())
                ? Optional.of("refused by a limit")
                : Optional.empty();
    }

    /// A policy, which says nothing about routes it does not have.
    private record Asked(ReadyPolicy policy) {
        Answer answer(RecordedExchange exchange, Reconstruction question) {
            var routes = policy.chosen().document().routes();
            return exchange.route().filter(routes::containsKey).isPresent()
                    ? question.ask(policy::decide)
                    : new Answer.Decided(new Decision.Deny(
                            policy.chosen().version(),
                            List.of(new Decision.Denial(UNKNOWN_ROUTE, "route", Optional.empty())),
                            List.of()));
        }
    }
}

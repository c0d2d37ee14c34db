package dev.portcullis.policy.scenario;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Decision.Denial;
import dev.portcullis.policy.Keeping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The `then` of a case: what it says of the decision, and nothing about the rest of it.
public final class Expected {
    private static final Set<String> KEYS = Set.of(
            "allowed", "denied", "restrictions", "observed", "visible", "limits", "upstream", "redact", "results");
    private static final Set<String> UPSTREAM = Set.of("readOnly", "allowedActions");

    private final Fields then;

    private Expected(Fields then) {
        this.then = then;
    }

    static Expected read(String place, Optional<Object> value) {
        var then = Fields.of(place, value, KEYS);
        if (then.values().isEmpty()) {
            throw new ScenarioException(place + ": (expected: at least one of allowed, denied, visible …)");
        }
        for (var key : List.of("denied", "restrictions", "observed", "visible", "limits", "redact", "results")) {
            var _ = then.texts(key);
        }
        then.value("upstream").ifPresent(upstream -> Fields.of(place + ".upstream", Optional.of(upstream), UPSTREAM));
        return new Expected(then);
    }

    /// Each thing that is otherwise, in a line; none when the decision is as expected.
    public List<String> differences(Decision decision) {
        var differences = new ArrayList<String>();
        if (then.has("allowed") && !(decision instanceof Decision.Allow)) {
            differences.add("expected allowed, but was " + describe(decision));
        }
        then.texts("denied")
                .ifPresent(rules -> compare(
                        differences,
                        "denied",
                        rules,
                        decision instanceof Decision.Deny deny ? deny.rules() : List.of(),
                        decision));
        then.texts("restrictions")
                .ifPresent(restrictions -> compare(
                        differences,
                        "restrictions",
                        restrictions,
                        decision instanceof Decision.Deny deny
                                ? deny.denials().stream()
                                        .map(Denial::restriction)
                                        .toList()
                                : List.of(),
                        decision));
        then.texts("observed")
                .ifPresent(rules -> compare(
                        differences,
                        "observed",
                        rules,
                        decision.observed().stream().map(Denial::rule).toList(),
                        decision));
        kept(decision, differences);
        ifAllowed(decision, differences);
        return differences;
    }

    private void kept(Decision decision, List<String> differences) {
        var keeping = switch (decision) {
            case Decision.Allow allow -> Optional.of(allow.obligations().keeping());
            case Decision.Deny deny -> deny.keeping();
            case Decision.Undecided _ -> Optional.<Keeping>empty();
        };
        then.texts("redact")
                .ifPresent(redact -> compare(
                        differences,
                        "redact",
                        redact,
                        keeping.stream()
                                .flatMap(kept -> kept.hidings().stream())
                                .map(hiding ->
                                        hiding.rule() + ":" + hiding.keep().wireName())
                                .toList(),
                        decision));
        then.texts("results")
                .ifPresent(results -> compare(
                        differences,
                        "results",
                        results,
                        keeping.stream()
                                .flatMapToInt(kept -> kept.resultBytes().stream())
                                .mapToObj(bytes -> "up to " + bytes)
                                .toList(),
                        decision));
    }

    private void ifAllowed(Decision decision, List<String> differences) {
        var allow =
                decision instanceof Decision.Allow allowed ? Optional.of(allowed) : Optional.<Decision.Allow>empty();
        then.texts("visible")
                .ifPresent(names -> compare(
                        differences,
                        "visible",
                        names.stream().sorted().toList(),
                        allow.map(Decision.Allow::visible).orElse(Set.of()).stream()
                                .sorted()
                                .toList(),
                        decision));
        then.texts("limits")
                .ifPresent(limits -> compare(
                        differences,
                        "limits",
                        limits,
                        allow.stream()
                                .flatMap(one -> one.obligations().limits().stream())
                                .map(limit -> limit.rule() + ":" + limit.mode())
                                .toList(),
                        decision));
        then.value("upstream")
                .map(value -> Fields.of(then.place(), Optional.of(value), UPSTREAM))
                .ifPresent(upstream -> compareUpstream(differences, upstream, decision));
    }

    private static void compareUpstream(List<String> differences, Fields expected, Decision decision) {
        if (decision instanceof Decision.Allow allow) {
            var obligations = allow.obligations();
            compare(
                    differences,
                    "x-read-only-mode",
                    expected.text("readOnly").stream().toList(),
                    obligations.upstreamReadOnly().map(on -> on ? "1" : "0").stream()
                            .toList(),
                    decision);
            compare(
                    differences,
                    "x-allowed-actions-to-run",
                    expected.text("allowedActions").stream().toList(),
                    obligations.upstreamAllowedActions().map(actions -> String.join(",", actions)).stream()
                            .toList(),
                    decision);
        } else {
            differences.add("expected headers for the upstream, but was " + describe(decision));
        }
    }

    private static void compare(
            List<String> differences, String what, List<String> expected, List<String> actual, Decision decision) {
        if (!expected.equals(actual)) {
            differences.add("expected " + what + " " + expected + ", but was "
                    + (actual.isEmpty() ? describe(decision) : what + " " + actual));
        }
    }

    private static String describe(Decision decision) {
        return switch (decision) {
            case Decision.Allow allow ->
                allow.visible().isEmpty()
                        ? "allowed"
                        : "allowed, visible "
                                + allow.visible().stream().sorted().toList();
            case Decision.Deny deny -> "denied by " + deny.rules();
            case Decision.Undecided undecided -> "undecided: " + undecided.reason();
        };
    }
}

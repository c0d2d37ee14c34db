package dev.portcullis.proxy.exchange;

import dev.portcullis.policy.Decision;
import dev.portcullis.proxy.limit.CallLimits;
import dev.portcullis.proxy.limit.Claim;
import dev.portcullis.proxy.limit.Empty;
import dev.portcullis.proxy.limit.Verdict;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The step at which a tool call that everything else allows pays for the limits of the policy.
final class LimitStep {
    /// Why a call is refused that nobody could count.
    private static final String STORE = "gateway:limit-store";

    private static final String RESTRICTION = "limit";

    private final CallLimits limits;

    LimitStep(CallLimits limits) {
        this.limits = limits;
    }

    /// @param before what the same call has paid already, when it is admitted again
    /// @param loop where the path goes on
    Step<Stage.Decided> pay(Stage.Decided decided, Counted before, Executor loop) {
        var claimed = LimitClaims.of(decided);
        if (claimed.isEmpty()) {
            return unknownLimit(decided);
        }
        var claims = claimed.get().stream()
                .filter(claim -> !before.paid().contains(claim.bucket().key()))
                .toList();
        if (claims.isEmpty()) {
            return new Step.Passed<>(decided.counted(before));
        }
        return new Step.Awaiting<>(
                last(decided),
                limits.pay(claims).thenApplyAsync(verdict -> settled(decided, claims, before, verdict), loop));
    }

    private static Step<Stage.Decided> unknownLimit(Stage.Decided decided) {
        return new Step.Refused<>(
                last(decided),
                new Refusal.Undecided(
                        "a limit that the document does not have",
                        decided.decoded().map(decoded -> new Refusal.Asked(decoded.era(), decoded.message()))));
    }

    /// Until it has paid, a call is not decided.
    private static Stage last(Stage.Decided decided) {
        return decided.decoded()
                .<Stage>map(decoded -> new Stage.Asked(decoded, decided.input()))
                .orElse(decided);
    }

    private static Step<Stage.Decided> settled(
            Stage.Decided decided, List<Claim> claims, Counted before, Verdict verdict) {
        var observed = Stream.concat(
                        before.observed().stream(),
                        verdict.observed().stream().map(claim -> denial(claim, claim.message())))
                .toList();
        if (verdict.isAllowed()) {
            var paid = new HashSet<>(before.paid());
            claims.forEach(claim -> paid.add(claim.bucket().key()));
            return new Step.Passed<>(decided.counted(new Counted(paid, observed)));
        }
        var decoded = decided.decoded().orElseThrow();
        var allowed = decided.permit().decision();
        var deny = new Decision.Deny(
                allowed.policyVersion(),
                denials(verdict),
                Stream.concat(allowed.observed().stream(), observed.stream()).toList(),
                Optional.of(allowed.obligations().keeping()));
        return new Step.Refused<>(
                last(decided),
                new Refusal.MessageDenied(deny, decoded.era(), decoded.message(), decided.decisionMicros()));
    }

    private static List<Decision.Denial> denials(Verdict verdict) {
        var reached = verdict.empty().stream().map(LimitStep::reached);
        var uncounted = verdict.uncounted().stream().map(claim -> denial(claim, Optional.empty()));
        var store = verdict.uncounted().isEmpty()
                ? Stream.<Decision.Denial>empty()
                : Stream.of(new Decision.Denial(STORE, RESTRICTION, Optional.of(uncounted(verdict))));
        return Stream.of(reached, uncounted, store).flatMap(denials -> denials).toList();
    }

    /// In the rule's words, or else in ours.
    private static Decision.Denial reached(Empty empty) {
        var bucket = empty.claim().bucket();
        var terms = "no more than " + bucket.calls() + (bucket.calls() == 1 ? " call" : " calls") + " in "
                + period(bucket.period()) + "; the next one is possible in "
                + Math.max(1, empty.untilNext().plusMillis(999).toSeconds()) + " s.";
        return denial(
                empty.claim(),
                empty.claim().message().or(() -> Optional.of("The limit " + bucket.rule() + " allows " + terms)));
    }

    private static String uncounted(Verdict verdict) {
        return "Calls cannot be counted at this moment, and "
                + verdict.uncounted().stream().map(Claim::rule).distinct().collect(Collectors.joining(", "))
                + " refuses what is not counted. Try again later.";
    }

    private static String period(Duration period) {
        if (period.equals(Duration.ofDays(1))) {
            return "a day";
        }
        if (period.equals(Duration.ofHours(1))) {
            return "an hour";
        }
        return period.equals(Duration.ofMinutes(1)) ? "a minute" : "a second";
    }

    private static Decision.Denial denial(Claim claim, Optional<String> message) {
        return new Decision.Denial(claim.rule(), RESTRICTION, message);
    }
}

package dev.portcullis.proxy.exchange;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.document.Restriction;
import dev.portcullis.policy.document.Restriction.Limit.WithoutStore;
import dev.portcullis.policy.limit.LimitBucket;
import dev.portcullis.proxy.limit.Claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the limits of the policy want a call to pay, and from whose buckets.
final class LimitClaims {
    private LimitClaims() {}

    /// Empty when the decision names a limit that the document in force does not have: then nobody knows what to
    /// count.
    static Optional<List<Claim>> of(Stage.Decided decided) {
        var claims = new ArrayList<Claim>();
        for (var claimed : decided.permit().decision().obligations().limits()) {
            var claim = claim(decided, claimed);
            if (claim.isEmpty()) {
                return Optional.empty();
            }
            claims.add(claim.get());
        }
        return Optional.of(claims);
    }

    private static Optional<Claim> claim(Stage.Decided decided, Decision.LimitClaim claimed) {
        return decided.input().question() instanceof Question.ToolCall call
                ? limit(decided, claimed.rule())
                        .map(limit -> new Claim(
                                LimitBucket.of(decided.input(), call, claimed.rule(), limit),
                                claimed.mode().equals("observe"),
                                limit.withoutStore() == WithoutStore.LOCAL,
                                claimed.message()))
                : Optional.empty();
    }

    private static Optional<Restriction.Limit> limit(Stage.Decided decided, String rule) {
        return decided.identified().routed().policy().document().rules().stream()
                .filter(known -> known.id().equals(rule))
                .flatMap(known -> known.restriction() instanceof Restriction.Limit limit
                        ? Optional.of(limit).stream()
                        : Optional.<Restriction.Limit>empty().stream())
                .findFirst();
    }
}

package dev.portcullis.console.promotion;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.policy.Expectation;
import dev.portcullis.console.policy.InvalidPolicyException;
import dev.portcullis.console.policy.PolicyService;
import dev.portcullis.console.promotion.query.ObservedCallQuery;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.ReadResult;
import dev.portcullis.policy.document.Rule;
import dev.portcullis.policy.document.RuleEditor;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Locale;

/// Takes a rule of the draft from observing to enforcing, or back, and leaves the rest of the text as it is, comments
/// included.
@Service
public class PromotionService {
    private static final Duration LOOKED_AT = Duration.ofDays(7);

    private final PolicyService policies;
    private final ObservedCallQuery calls;
    private final Clock clock;

    PromotionService(PolicyService policies, ObservedCallQuery calls, Clock clock) {
        this.policies = policies;
        this.calls = calls;
        this.clock = clock;
    }

    /// What a rule that observes would have refused in the last seven days.
    @RolesAllowed(Roles.VIEWER)
    public ObservedCalls observed(String rule) {
        return calls.observed(rule, OffsetDateTime.now(clock).minus(LOOKED_AT));
    }

    /// From observing to enforcing.
    ///
    /// @throws NotFoundException when the draft has no such rule
    /// @throws InvalidPolicyException when the draft is not valid
    /// @throws IllegalArgumentException when the rule cannot be changed alone in this text
    /// @throws dev.portcullis.console.policy.StalePolicyException when the expectation is not met
    @RolesAllowed(Roles.EDITOR)
    public Promotion promote(String rule, String actor, Expectation expectation) {
        return change(rule, Rule.Mode.ENFORCE, actor, expectation);
    }

    /// From enforcing to observing; throws what [#promote] does.
    @RolesAllowed(Roles.EDITOR)
    public Promotion demote(String rule, String actor, Expectation expectation) {
        return change(rule, Rule.Mode.OBSERVE, actor, expectation);
    }

    private Promotion change(String id, Rule.Mode mode, String actor, Expectation expectation) {
        var draft = policies.draft();
        var inForce = Expectation.versionTag(
                policies.published().map(version -> version.version()).orElse(0L));
        expectation.check(draft.tag(), inForce);
        var rules = switch (DocumentReader.read(draft.document())) {
            case ReadResult.Invalid invalid -> throw new InvalidPolicyException(invalid);
            case ReadResult.Valid valid -> valid.document().rules();
        };
        var rule = rules.stream()
                .filter(known -> known.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("There is no rule " + id + " in the draft."));
        var saved = rule.mode() == mode
                ? draft
                : policies.saveDraft(
                        RuleEditor.withMode(draft.document(), id, mode), actor, Expectation.of(draft.tag()));
        return new Promotion(id, mode.name().toLowerCase(Locale.ROOT), saved, observed(id));
    }
}

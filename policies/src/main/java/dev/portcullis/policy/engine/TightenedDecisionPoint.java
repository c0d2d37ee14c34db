package dev.portcullis.policy.engine;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Eventual;
import dev.portcullis.policy.Explanation;
import dev.portcullis.policy.PolicyDecisionPoint;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.document.PolicyDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;

/// A decision point whose decisions an organization's own rules tighten.
///
/// What the policy itself cannot decide stays undecided; what it allows is undecided when the
/// organization's rules do not answer.
public final class TightenedDecisionPoint implements PolicyDecisionPoint {
    private static final Logger LOG = LoggerFactory.getLogger(TightenedDecisionPoint.class);

    private final PolicyDecisionPoint policy;
    private final OwnRules own;
    private final InputWriter inputs;

    /// @param document the document that `policy` decides by
    public TightenedDecisionPoint(PolicyDecisionPoint policy, OwnRules own, PolicyDocument document) {
        this.policy = policy;
        this.own = own;
        this.inputs = new InputWriter(document, true);
    }

    @Override
    public Eventual<Decision> decide(PolicyInput input) {
        return policy.decide(input).map(decision -> tighten(decision, input));
    }

    /// The organization's rules are asked in this process.
    @Override
    public Optional<Decision> decideHere(PolicyInput input) {
        return policy.decideHere(input).map(decision -> tighten(decision, input));
    }

    /// The explanation with the decision as it is after all: what the organization's rules refuse stands
    /// among its denials.
    public Explanation tighten(Explanation explanation, PolicyInput input) {
        return new Explanation(tighten(explanation.decision(), input), explanation.rules());
    }

    private Decision tighten(Decision decision, PolicyInput input) {
        return switch (decision) {
            case Decision.Undecided undecided -> undecided;
            case Decision.Deny deny -> askAbout(deny, input);
            case Decision.Allow allow -> askAbout(allow, input);
        };
    }

    private Decision askAbout(Decision decision, PolicyInput input) {
        try {
            return own.ask(inputs.write(input)).tighten(decision);
        } catch (RuntimeException | StackOverflowError e) {
            if (!(e instanceof NoAnswer)) {
                LOG.atWarn()
                        .setCause(e)
                        .addKeyValue("policy.version", decision.policyVersion())
                        .log("the organization's own rules failed");
            }
            return decision instanceof Decision.Deny
                    ? decision
                    : new Decision.Undecided(decision.policyVersion(), String.valueOf(e.getMessage()));
        }
    }
}

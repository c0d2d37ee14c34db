package dev.portcullis.console.evaluation;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.kills.KillRecord;
import dev.portcullis.console.kills.KillService;
import dev.portcullis.console.policy.InvalidPolicyException;
import dev.portcullis.console.policy.OwnRego;
import dev.portcullis.console.policy.PolicyService;
import dev.portcullis.console.policy.PolicyVersion;
import dev.portcullis.policy.Kill;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.document.ReadResult;
import dev.portcullis.policy.engine.EmbeddedDecisionPoint;
import dev.portcullis.policy.engine.TightenedDecisionPoint;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.util.List;
import java.util.Optional;

/// Asks the engine that proxies use, with the kills that are engaged, about a request that nobody has
/// sent.
@Service
@RolesAllowed({Roles.ADMIN, Roles.AUDITOR})
public class EvaluationService {
    private final PolicyService policies;
    private final KillService kills;
    private final LoadedRules own;
    private final LimitStates limits;

    EvaluationService(PolicyService policies, KillService kills, LoadedRules own, LimitStates limits) {
        this.policies = policies;
        this.kills = kills;
        this.own = own;
        this.limits = limits;
    }

    /// What the published policy says.
    ///
    /// @return empty when nothing has been published
    public Optional<Evaluation> underPublishedPolicy(PolicyInput input) {
        return policies.published()
                .map(version -> explain(version.document(), policies.publishedModules(), version.version(), input));
    }

    /// What the draft would say. Its decisions name the version after the published one.
    public Evaluation underDraft(PolicyInput input) {
        var next = policies.published().map(PolicyVersion::version).orElse(0L) + 1;
        return explain(policies.draft().document(), policies.draftModules(), next, input);
    }

    private Evaluation explain(String document, OwnRego modules, long version, PolicyInput input) {
        return switch (policies.validate(document)) {
            case ReadResult.Invalid invalid -> throw new InvalidPolicyException(invalid);
            case ReadResult.Valid(var policy, var _) -> {
                var decisionPoint = EmbeddedDecisionPoint.compile(policy, version, engaged(), 1);
                var byDocument = decisionPoint.explain(input);
                var explanation = own.of(document, policy, modules)
                        .map(rules -> new TightenedDecisionPoint(decisionPoint, rules, policy))
                        .map(tightened -> tightened.tighten(byDocument, input))
                        .orElse(byDocument);
                yield new Evaluation(explanation, limits.of(policy, input, explanation.decision()));
            }
        };
    }

    private List<Kill> engaged() {
        return kills.engaged().stream()
                .filter(kill -> kill.replica().isEmpty())
                .map(KillRecord::kill)
                .toList();
    }
}

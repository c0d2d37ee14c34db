package dev.portcullis.proxy.sync;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Kill;
import dev.portcullis.policy.PolicyDecisionPoint;
import dev.portcullis.policy.document.Condition;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.Restriction;
import dev.portcullis.policy.document.Rule;
import dev.portcullis.policy.engine.TightenedDecisionPoint;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The policy in force, compiled: one published version and the kills engaged. Replaced as a whole,
/// never changed.
public record PolicySnapshot(
        long version, PolicyDocument document, List<Kill> kills, PolicyDecisionPoint decisionPoint) {
    /// What is known of a request before anybody says who is calling.
    private static final Set<Condition.Key> PLACES = Set.of(Condition.Key.ROUTES, Condition.Key.NETWORKS);
    /// What is the same from the first to the last message of a connection.
    private static final Set<Condition.Key> PARTIES =
            Set.of(Condition.Key.ROUTES, Condition.Key.NETWORKS, Condition.Key.GROUPS, Condition.Key.CALLERS);

    public PolicySnapshot {
        kills = List.copyOf(kills);
    }

    /// Whether some rule could refuse a message for what it is, or for when it comes, rather than for the
    /// caller or for a tool. An organization's own rules could refuse anything. Where none can, nobody need
    /// ask about every notification of a stream.
    public boolean judgesMessages() {
        return decisionPoint instanceof TightenedDecisionPoint
                || document.rules().stream().anyMatch(PolicySnapshot::couldRefuseMessage);
    }

    private static boolean couldRefuseMessage(Rule rule) {
        return switch (rule.restriction()) {
            case Restriction.Deny deny -> true;
            case Restriction.AllowedDomains domains -> true;
            case Restriction.BlockedDomains domains -> true;
            case Restriction.AllowedNetworks networks -> !isAnsweredAtConnection(rule);
            case Restriction.ReadOnly readOnly -> false;
            case Restriction.AllowedActions actions -> false;
            case Restriction.AllowedTools tools -> false;
            case Restriction.DeniedTools tools -> false;
            case Restriction.PinnedTools pinned -> false;
            case Restriction.Limit limit -> false;
            case Restriction.Redact redact -> false;
            case Restriction.RecordResult result -> false;
        };
    }

    /// Whether the answer to the connection, which is the first thing asked, is the answer to all that follows.
    private static boolean isAnsweredAtConnection(Rule rule) {
        return PARTIES.containsAll(rule.match().keys())
                && rule.except()
                        .map(except -> PARTIES.containsAll(except.keys()))
                        .orElse(true);
    }

    /// What of a connection's refusal holds whoever is calling; empty when another caller might be let in.
    public Optional<Decision.Deny> forEverybody(Decision.Deny deny) {
        var denials = deny.denials().stream()
                .filter(denial -> isAboutEverybody(denial.rule()))
                .toList();
        return denials.isEmpty()
                ? Optional.empty()
                : Optional.of(new Decision.Deny(deny.policyVersion(), denials, List.of()));
    }

    /// How the kills that stop whoever comes refuse a request on a route; empty when there are none.
    ///
    /// What the engine says too, without asking it: thousands of exchanges may have to be cut in the same moment.
    public Optional<Decision.Deny> killOfEverybody(String route) {
        var denials = kills.stream()
                .filter(kill -> kill.isAboutEverybody() && kill.scope().reachesRoute(route))
                .map(Kill::denial)
                .toList();
        return denials.isEmpty() ? Optional.empty() : Optional.of(new Decision.Deny(version, denials, List.of()));
    }

    private boolean isAboutEverybody(String id) {
        return isKillOfEverybody(id) || isRuleOfPlaces(id);
    }

    /// A kill of some callers, or one that lets some go on, says nothing of a caller who is not known yet.
    private boolean isKillOfEverybody(String id) {
        return kills.stream().anyMatch(kill -> kill.isAboutEverybody() && id.equals("kill:" + kill.id()));
    }

    private boolean isRuleOfPlaces(String id) {
        return document.rules().stream()
                .filter(rule -> rule.id().equals(id))
                .anyMatch(rule -> isAboutPlaces(rule.match())
                        && rule.except().map(PolicySnapshot::isAboutPlaces).orElse(true));
    }

    private static boolean isAboutPlaces(Condition condition) {
        return PLACES.containsAll(condition.keys());
    }
}

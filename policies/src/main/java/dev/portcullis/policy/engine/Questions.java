package dev.portcullis.policy.engine;

import dev.portcullis.policy.document.Condition;
import dev.portcullis.policy.document.Restriction;
import dev.portcullis.policy.document.Rule;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The kinds of questions, and which rules each is put to.
final class Questions {
    private static final Set<Condition.Key> ABOUT_TOOLS =
            Set.of(Condition.Key.TOOLS, Condition.Key.CLASSES, Condition.Key.ACTIONS, Condition.Key.ARGUMENTS);
    private static final Set<Condition.Key> ABOUT_MESSAGES = Set.of(Condition.Key.PROMPTS, Condition.Key.URIS);
    private static final Set<Condition.Key> KNOWN_AT_CONNECTION = Set.of(
            Condition.Key.ROUTES,
            Condition.Key.NETWORKS,
            Condition.Key.GROUPS,
            Condition.Key.CALLERS,
            Condition.Key.TIME);

    private Questions() {}

    /// A kind of question; for each a route has an index of rules.
    enum Kind {
        CONNECTION,
        MESSAGE,
        CALL;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The kinds of questions that a rule may have an answer to. A key with an empty list matches
    /// nothing, so a rule with one is never asked.
    static List<Kind> putTo(Rule rule) {
        return Arrays.stream(Kind.values())
                .filter(kind -> !matchesNothing(rule.match()))
                .filter(kind -> switch (kind) {
                    case CONNECTION -> isAskedAboutConnections(rule);
                    case MESSAGE -> isAskedAboutMessages(rule);
                    case CALL -> isAskedAboutCalls(rule);
                })
                .toList();
    }

    static boolean areAboutTools(Condition condition) {
        return condition.keys().stream().anyMatch(ABOUT_TOOLS::contains);
    }

    /// Whether it makes a difference to the rule which action a call executes.
    static boolean areAboutActions(Rule rule) {
        return rule.restriction() instanceof Restriction.AllowedActions
                || rule.match().actions().isPresent()
                || rule.except().flatMap(Condition::actions).isPresent();
    }

    private static boolean matchesNothing(Condition condition) {
        return condition.keys().stream()
                .filter(key -> key != Condition.Key.TIME)
                .anyMatch(key -> condition.entries(key).orElse(List.of()).isEmpty());
    }

    /// Before the body is read only the caller, the address, the route and the time are known. A rule that
    /// could say more, or be excepted, once the message is known waits for it.
    private static boolean isAskedAboutConnections(Rule rule) {
        return isAskedAboutMessages(rule)
                && KNOWN_AT_CONNECTION.containsAll(rule.match().keys())
                && rule.except()
                        .map(Condition::keys)
                        .map(KNOWN_AT_CONNECTION::containsAll)
                        .orElse(true);
    }

    /// A message that names no tool cannot match a condition about tools, and only some restrictions can
    /// refuse it or say something to the upstream with it.
    private static boolean isAskedAboutMessages(Rule rule) {
        return !areAboutTools(rule.match())
                && switch (rule.restriction()) {
                    case Restriction.Deny deny -> true;
                    case Restriction.AllowedNetworks networks -> true;
                    case Restriction.AllowedDomains domains -> true;
                    case Restriction.BlockedDomains domains -> true;
                    case Restriction.ReadOnly readOnly -> true;
                    case Restriction.AllowedActions actions -> true;
                    case Restriction.AllowedTools tools -> false;
                    case Restriction.DeniedTools tools -> false;
                    case Restriction.PinnedTools tools -> false;
                    case Restriction.Limit limit -> false;
                    case Restriction.Redact redact -> false;
                    case Restriction.RecordResult result -> false;
                };
    }

    /// A call names no prompt, and no resource by its URI: the URLs in its arguments are a matter of
    /// domains.
    private static boolean isAskedAboutCalls(Rule rule) {
        return rule.match().keys().stream().noneMatch(ABOUT_MESSAGES::contains);
    }
}

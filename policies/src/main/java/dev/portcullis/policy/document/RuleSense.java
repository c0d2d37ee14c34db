package dev.portcullis.policy.document;

import dev.portcullis.policy.Glob;
import dev.portcullis.policy.document.Restriction.AllowedDomains;
import dev.portcullis.policy.document.Restriction.AllowedNetworks;
import dev.portcullis.policy.document.Restriction.AllowedTools;
import dev.portcullis.policy.document.Restriction.BlockedDomains;
import dev.portcullis.policy.document.Restriction.DeniedTools;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Doubts about one rule by itself: that it can never match, never refuse, or refuses more than its
/// author may think.
final class RuleSense {
    private static final String CALL = "tools/call";
    private static final Set<Condition.Key> ABOUT_TOOLS =
            EnumSet.of(Condition.Key.TOOLS, Condition.Key.CLASSES, Condition.Key.ACTIONS, Condition.Key.ARGUMENTS);

    private final PolicyDocument document;
    private final Doubts doubts;
    private final Rule rule;
    private final String path;

    private RuleSense(PolicyDocument document, Doubts doubts, Rule rule, String path) {
        this.document = document;
        this.doubts = doubts;
        this.rule = rule;
        this.path = path;
    }

    static void check(PolicyDocument document, Doubts doubts, Rule rule, String path) {
        var sense = new RuleSense(document, doubts, rule, path);
        sense.condition(rule.match(), path + "/match");
        rule.except().ifPresent(except -> sense.condition(except, path + "/except"));
        rule.except().ifPresent(sense::exception);
        sense.restriction();
        sense.neverRefuses();
    }

    private void condition(Condition condition, String at) {
        for (var key : condition.keys()) {
            if (condition.entries(key).orElse(List.of()).isEmpty()) {
                doubts.warn(at + "/" + key.wireName(), "an empty list", "an entry: an empty list matches nothing");
            }
        }
        condition
                .time()
                .filter(window -> window.days().map(Set::isEmpty).orElse(false))
                .ifPresent(window -> doubts.warn(at + "/time/days", "an empty list", "a day: an empty list is no day"));
        if (isAboutTools(condition)) {
            for (var key : List.of(Condition.Key.URIS, Condition.Key.PROMPTS)) {
                if (condition.keys().contains(key)) {
                    doubts.warn(
                            at + "/" + key.wireName(),
                            key.wireName(),
                            "no key about tools beside it: a tool call has none of them, so this never matches");
                }
            }
            if (!isCalled(condition)) {
                doubts.warn(
                        at + "/methods",
                        String.join(
                                ", ", condition.entries(Condition.Key.METHODS).orElse(List.of())),
                        "tools/call beside keys about tools: no other method has any, so this never matches");
            }
        }
    }

    private void exception(Condition except) {
        if (except.clients().isPresent()) {
            doubts.warn(
                    path + "/except/clients",
                    rule.id(),
                    "no exception by client: its name is only its own claim, so the exception never holds");
        }
        if (Coverage.covers(except, rule.match())) {
            doubts.warn(path + "/except", rule.id(), "less than match: everything that matches is excepted again");
        }
        except.arguments()
                .ifPresent(tests -> tests.forEach((pointer, test) -> {
                    if (test instanceof ArgumentTest.Matches matches && !isAnchored(matches)) {
                        doubts.warn(
                                path + "/except/arguments/" + Place.pointerToken(pointer.pointer()) + "/matches",
                                matches.expression().pattern(),
                                "^ and $ around an expression that excepts: it is found anywhere in a text",
                                Optional.of("^" + matches.expression().pattern() + "$"));
                    }
                }));
    }

    private static boolean isAnchored(ArgumentTest.Matches matches) {
        var expression = matches.expression().pattern();
        return expression.startsWith("^") && expression.endsWith("$");
    }

    private void restriction() {
        switch (rule.restriction()) {
            case DeniedTools(var tools) -> empty(tools, "deniedTools", "a pattern: an empty list refuses nothing");
            case AllowedNetworks(var networks) ->
                empty(networks, "allowedNetworks", "a network: an empty list refuses everybody");
            case AllowedDomains(var domains) -> {
                empty(domains, "allowedDomains", "a domain: an empty list refuses every URL");
                upstreams("allowedDomains", domain -> !listed(domains, domain));
            }
            case BlockedDomains(var domains) -> {
                empty(domains, "blockedDomains", "a domain: an empty list refuses nothing");
                upstreams("blockedDomains", domain -> listed(domains, domain));
            }
            case AllowedTools unchecked -> {}
            case Restriction.AllowedActions unchecked -> {}
            case Restriction.ReadOnly unchecked -> {}
            case Restriction.PinnedTools unchecked -> {}
            case Restriction.Limit unchecked -> {}
            case Restriction.Redact unchecked -> watches("hides nothing in records");
            case Restriction.RecordResult unchecked -> watches("has no result recorded");
            case Restriction.Deny unchecked -> {}
        }
    }

    private void watches(String effect) {
        if (rule.mode() == Rule.Mode.OBSERVE) {
            doubts.warn(path + "/mode", rule.mode().wireName(), "enforce: a rule that only watches " + effect);
        }
    }

    private void empty(List<?> entries, String key, String expected) {
        if (entries.isEmpty()) {
            doubts.warn(path + "/" + key, "an empty list", expected);
        }
    }

    private static boolean listed(List<DomainPattern> domains, DomainName domain) {
        return domains.stream().anyMatch(pattern -> pattern.names(domain));
    }

    /// A restriction of domains is about the upstream too, which its author may not have thought of.
    private void upstreams(String key, Predicate<DomainName> refused) {
        for (var route : document.routes().values()) {
            route.upstream()
                    .host()
                    .filter(domain -> isAbout(route) && refused.test(domain))
                    .ifPresent(domain -> doubts.warn(
                            path + "/" + key,
                            domain.name(),
                            "domains that leave route " + route.name() + " its upstream: everything on it is refused"));
        }
    }

    private boolean isAbout(Route route) {
        return rule.match()
                .routes()
                .map(globs -> globs.stream().anyMatch(glob -> glob.matches(route.name())))
                .orElse(true);
    }

    /// Rules whose restriction has nothing to refuse among what they match.
    private void neverRefuses() {
        var isOnlyForCalls = switch (rule.restriction()) {
            case AllowedTools tools -> true;
            case DeniedTools tools -> true;
            case Restriction.AllowedActions actions -> true;
            case Restriction.PinnedTools pinned -> true;
            case Restriction.Limit limit -> true;
            case Restriction.Redact redact -> true;
            case Restriction.RecordResult result -> true;
            case Restriction.ReadOnly other -> false;
            case AllowedNetworks other -> false;
            case AllowedDomains other -> false;
            case BlockedDomains other -> false;
            case Restriction.Deny other -> false;
        };
        var matches = rule.match();
        if (isOnlyForCalls && !isAboutTools(matches) && !reachesCalls(matches)) {
            doubts.warn(
                    path + "/" + rule.restriction().key(),
                    rule.id(),
                    "a condition that tool calls meet: nothing else is refused by this restriction");
        }
        matches.tools().ifPresent(this::neverRefusesTools);
    }

    private void neverRefusesTools(List<Glob> matched) {
        var never = switch (rule.restriction()) {
            case AllowedTools(var allowed) ->
                matched.stream().allMatch(one -> allowed.stream().anyMatch(other -> other.covers(one)));
            case DeniedTools(var denied) -> matched.stream().noneMatch(one -> mayMeet(one, denied));
            case Restriction.AllowedActions other -> false;
            case Restriction.ReadOnly other -> false;
            case Restriction.PinnedTools other -> false;
            case Restriction.Limit other -> false;
            case Restriction.Redact other -> false;
            case Restriction.RecordResult other -> false;
            case AllowedNetworks other -> false;
            case AllowedDomains other -> false;
            case BlockedDomains other -> false;
            case Restriction.Deny other -> false;
        };
        if (never && !matched.isEmpty()) {
            doubts.warn(
                    path + "/" + rule.restriction().key(),
                    rule.id(),
                    "other tools than match has: of those, this restriction refuses none");
        }
    }

    private static boolean mayMeet(Glob one, List<Glob> others) {
        return others.stream()
                .anyMatch(other -> one.isExact()
                        ? other.matches(one.pattern())
                        : !other.isExact() || one.matches(other.pattern()));
    }

    private static boolean isAboutTools(Condition condition) {
        return condition.keys().stream().anyMatch(ABOUT_TOOLS::contains);
    }

    private static boolean reachesCalls(Condition condition) {
        return condition.uris().isEmpty() && condition.prompts().isEmpty() && isCalled(condition);
    }

    private static boolean isCalled(Condition condition) {
        return condition
                .methods()
                .map(methods -> methods.stream().anyMatch(method -> method.matches(CALL)))
                .orElse(true);
    }
}

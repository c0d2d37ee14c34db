package dev.portcullis.policy.document;

import dev.portcullis.policy.Glob;
import dev.portcullis.policy.document.Restriction.AllowedActions;
import dev.portcullis.policy.document.Restriction.AllowedDomains;
import dev.portcullis.policy.document.Restriction.AllowedNetworks;
import dev.portcullis.policy.document.Restriction.AllowedTools;
import dev.portcullis.policy.document.Restriction.BlockedDomains;
import dev.portcullis.policy.document.Restriction.DeniedTools;
import dev.portcullis.policy.document.Restriction.Deny;
import dev.portcullis.policy.document.Restriction.Limit;
import dev.portcullis.policy.document.Restriction.PinnedTools;
import dev.portcullis.policy.document.Restriction.ReadOnly;
import dev.portcullis.policy.profile.Profile;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/// Doubts about a valid document: rules that can never matter, or that refuse more than their author
/// may think. They never block publication.
final class DocumentWarnings {
    private static final Set<Condition.Key> ABOUT_TOOLS =
            EnumSet.of(Condition.Key.TOOLS, Condition.Key.CLASSES, Condition.Key.ACTIONS);

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final PolicyDocument document;
    private final ToIntFunction<String> lines;
    private final List<DocumentProblem> found = new ArrayList<>();

    private DocumentWarnings(PolicyDocument document, ToIntFunction<String> lines) {
        this.document = document;
        this.lines = lines;
    }

    /// @param lines the line at which a pointer's value stands
    static List<DocumentProblem> of(PolicyDocument document, ToIntFunction<String> lines) {
        var warnings = new DocumentWarnings(document, lines);
        for (var i = 0; i < document.rules().size(); i++) {
            var rule = document.rules().get(i);
            var path = "/rules/" + i;
            warnings.condition(rule.match(), path + "/match");
            rule.except().ifPresent(except -> warnings.condition(except, path + "/except"));
            warnings.exception(rule, path);
            warnings.restriction(rule, path);
            warnings.repetition(i, path);
        }
        document.routes().values().forEach(warnings::credentialsInClear);
        return List.copyOf(warnings.found);
    }

    private void credentialsInClear(Route route) {
        if (route.upstream() instanceof Route.Upstream.Remote(URI uri)
                && uri.getScheme().equalsIgnoreCase("http")
                && !LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT))
                && (route.authentication() == Route.Authentication.PASSTHROUGH
                        || route.credential().isPresent())) {
            warn(
                    "/routes/" + route.name() + "/upstream",
                    uri.toString(),
                    "https: credentials travel to this upstream in clear text");
        }
    }

    private void condition(Condition condition, String path) {
        for (var key : condition.keys()) {
            if (condition.entries(key).orElse(List.of()).isEmpty()) {
                warn(path + "/" + key.wireName(), "an empty list", "an entry: an empty list matches nothing");
            }
        }
        if (condition.uris().isPresent() && condition.keys().stream().anyMatch(ABOUT_TOOLS::contains)) {
            warn(path + "/uris", "uris", "no key about tools beside it: a tool call has no URI, so this never matches");
        }
        unknown(
                condition.routes(),
                path + "/routes",
                document.routes().keySet().stream().toList(),
                "a route");
    }

    private void exception(Rule rule, String path) {
        rule.except()
                .flatMap(Condition::clients)
                .ifPresent(clients -> warn(
                        path + "/except/clients",
                        rule.id(),
                        "no exception by client: its name is only its own claim, so the exception never holds"));
        rule.except()
                .filter(except -> Coverage.covers(except, rule.match()))
                .ifPresent(except -> warn(
                        path + "/except", rule.id(), "less than match: everything that matches is excepted again"));
    }

    private void restriction(Rule rule, String path) {
        switch (rule.restriction()) {
            case AllowedTools(var tools) -> knownTools(tools, path + "/allowedTools");
            case DeniedTools(var tools) -> {
                if (tools.isEmpty()) {
                    warn(path + "/deniedTools", "an empty list", "a pattern: an empty list refuses nothing");
                }
                knownTools(tools, path + "/deniedTools");
            }
            case AllowedNetworks(var networks) -> {
                if (networks.isEmpty()) {
                    warn(path + "/allowedNetworks", "an empty list", "a network: an empty list refuses everybody");
                }
            }
            case AllowedDomains(var domains) -> {
                if (domains.isEmpty()) {
                    warn(path + "/allowedDomains", "an empty list", "a domain: an empty list refuses every URL");
                }
                upstreams(rule, path + "/allowedDomains", domain -> !listed(domains, domain));
            }
            case BlockedDomains(var domains) -> {
                if (domains.isEmpty()) {
                    warn(path + "/blockedDomains", "an empty list", "a domain: an empty list refuses nothing");
                }
                upstreams(rule, path + "/blockedDomains", domain -> listed(domains, domain));
            }
            case AllowedActions unchecked -> {}
            case ReadOnly unchecked -> {}
            case PinnedTools unchecked -> {}
            case Limit unchecked -> {}
            case Deny unchecked -> {}
        }
    }

    private static boolean listed(List<DomainPattern> domains, DomainName domain) {
        return domains.stream().anyMatch(pattern -> pattern.names(domain));
    }

    /// A restriction of domains is about the upstream too, which its author may not have thought of.
    private void upstreams(Rule rule, String path, Predicate<DomainName> refused) {
        for (var route : document.routes().values()) {
            var about = rule.match()
                    .routes()
                    .map(globs -> globs.stream().anyMatch(glob -> glob.matches(route.name())))
                    .orElse(true);
            route.upstream()
                    .host()
                    .filter(domain -> about && refused.test(domain))
                    .ifPresent(domain -> warn(
                            path,
                            domain.name(),
                            "domains that leave route " + route.name() + " its upstream: everything on it is refused"));
        }
    }

    /// A rule that an earlier one makes pointless: the same restriction under a condition that covers
    /// its own.
    private void repetition(int index, String path) {
        var rule = document.rules().get(index);
        for (var other : document.rules()) {
            if (!other.equals(rule)
                    && shadows(other, rule)
                    && !(shadows(rule, other) && document.rules().indexOf(other) > index)) {
                warn(path, rule.id(), "something that rule " + other.id() + " does not refuse already");
                return;
            }
        }
    }

    private static boolean shadows(Rule wide, Rule narrow) {
        return wide.mode() == Rule.Mode.ENFORCE
                && wide.except().isEmpty()
                && wide.restriction().equals(narrow.restriction())
                && Coverage.covers(wide.match(), narrow.match());
    }

    /// A pattern without star that no profile in use knows is probably a spelling mistake.
    private void knownTools(List<Glob> tools, String path) {
        var profiles = document.routes().values().stream()
                .map(route -> Profile.load(route.profile()))
                .toList();
        if (profiles.stream().anyMatch(profile -> profile.toolNames().isEmpty())) {
            return;
        }
        for (var i = 0; i < tools.size(); i++) {
            var name = tools.get(i).pattern();
            var known = !tools.get(i).isExact()
                    || profiles.isEmpty()
                    || profiles.stream().anyMatch(profile -> profile.knows(name))
                    || document.tools().values().stream().anyMatch(reviewed -> reviewed.containsKey(name));
            if (!known) {
                var names = profiles.stream()
                        .flatMap(profile -> profile.toolNames().stream())
                        .toList();
                warn(path + "/" + i, name, "a tool that a profile knows", Suggestion.of(name, names));
            }
        }
    }

    private void unknown(Optional<List<Glob>> globs, String path, List<String> names, String what) {
        var entries = globs.orElse(List.of());
        for (var i = 0; i < entries.size(); i++) {
            if (names.stream().noneMatch(entries.get(i)::matches)) {
                var pattern = entries.get(i).pattern();
                warn(path + "/" + i, pattern, what + " of this document", Suggestion.of(pattern, names));
            }
        }
    }

    private void warn(String path, String value, String expected) {
        warn(path, value, expected, Optional.empty());
    }

    private void warn(String path, String value, String expected, Optional<String> suggestion) {
        found.add(new DocumentProblem(path, lines.applyAsInt(path), value, expected, suggestion));
    }
}

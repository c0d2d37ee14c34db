package dev.portcullis.policy.document;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToIntFunction;

/// Doubts about a valid document: rules that can never matter, or that refuse more than their author
/// may think. They never block publication.
final class DocumentWarnings {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /// Where Port's own servers are.
    private static final Set<String> PORT = Set.of("port.io", "getport.io");

    private DocumentWarnings() {}

    /// @param lines the line at which a pointer's value stands
    static List<DocumentProblem> of(PolicyDocument document, KnownNames known, ToIntFunction<String> lines) {
        var doubts = new Doubts(lines);
        for (var i = 0; i < document.rules().size(); i++) {
            RuleSense.check(document, doubts, document.rules().get(i), "/rules/" + i);
        }
        RulesTogether.check(document, doubts);
        NameSense.check(document, known, doubts);
        DomainSense.check(document, doubts);
        AliasSense.hosts(document, doubts);
        document.routes().values().forEach(route -> credentialsInClear(route, doubts));
        document.routes().values().forEach(route -> unpinned(document, route, doubts));
        return doubts.found();
    }

    private static void credentialsInClear(Route route, Doubts doubts) {
        if (route.upstream() instanceof Route.Upstream.Remote(URI uri)
                && uri.getScheme().equalsIgnoreCase("http")
                && !LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT))
                && (route.authentication() == Route.Authentication.PASSTHROUGH
                        || route.credential().isPresent())) {
            doubts.warn(
                    "/routes/" + route.name() + "/upstream",
                    uri.toString(),
                    "https: credentials travel to this upstream in clear text");
        }
    }

    private static void unpinned(PolicyDocument document, Route route, Doubts doubts) {
        var isPort = route.profile().equals("port")
                && route.upstream().host().stream()
                        .anyMatch(host -> PORT.stream().anyMatch(name -> isOf(host, name)));
        if (isPort && document.rules().stream().noneMatch(rule -> pins(rule, route))) {
            doubts.warn(
                    "/routes/" + route.name(),
                    route.name(),
                    "a rule with pinnedTools for it: tools of Port's connectors appear without notice");
        }
    }

    private static boolean isOf(DomainName host, String domain) {
        return host.name().equals(domain) || host.name().endsWith("." + domain);
    }

    private static boolean pins(Rule rule, Route route) {
        return rule.mode() == Rule.Mode.ENFORCE
                && rule.restriction() instanceof Restriction.PinnedTools
                && rule.match()
                        .routes()
                        .map(globs -> globs.stream().anyMatch(glob -> glob.matches(route.name())))
                        .orElse(true);
    }
}

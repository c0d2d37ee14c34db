package dev.portcullis.policy.document;

import dev.portcullis.policy.profile.Profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Doubts about servers that have several names: a route that answers to one of them alone, and a list
/// that is about one name of a server which the other leads to as well.
final class AliasSense {
    /// Every such name that a profile knows, with the others of its server.
    private static final Map<DomainName, List<String>> ALIASES = aliases();

    private AliasSense() {}

    /// Another route may be the one that answers to the other name.
    static void hosts(PolicyDocument document, Doubts doubts) {
        var answered = document.routes().values().stream()
                .flatMap(route -> route.hosts().stream())
                .collect(Collectors.toSet());
        document.routes().values().forEach(route -> hosts(route, answered, doubts));
    }

    private static void hosts(Route route, Set<String> answered, Doubts doubts) {
        var profile = Profile.load(route.profile());
        for (var i = 0; i < route.hosts().size(); i++) {
            var place = "/routes/" + route.name() + "/hosts/" + i;
            var host = route.hosts().get(i);
            profile.aliasesOf(host).stream()
                    .filter(Predicate.not(answered::contains))
                    .forEach(alias -> doubts.warn(
                            place, host, "the other name of the same server beside it", Optional.of(alias)));
        }
    }

    /// @param path where the list stands
    static void entries(List<DomainPattern> domains, String path, Doubts doubts) {
        var named = ALIASES.keySet().stream()
                .filter(host -> domains.stream().anyMatch(pattern -> pattern.names(host)))
                .map(DomainName::name)
                .collect(Collectors.toSet());
        for (var i = 0; i < domains.size(); i++) {
            var place = path + "/" + i;
            var pattern = domains.get(i);
            missing(pattern, named)
                    .forEach(entry -> doubts.warn(
                            place,
                            pattern.toString(),
                            "an entry for the other name of the same server beside it",
                            Optional.of(entry)));
        }
    }

    /// The entries without which the pattern is about one name of a server alone.
    private static Stream<String> missing(DomainPattern pattern, Set<String> named) {
        return ALIASES.entrySet().stream()
                .filter(server -> pattern.names(server.getKey()))
                .flatMap(server -> server.getValue().stream()
                        .filter(Predicate.not(named::contains))
                        .map(alias -> like(pattern, server.getKey().name(), alias)))
                .distinct();
    }

    /// An entry that names the alias as the pattern names the host.
    private static String like(DomainPattern pattern, String host, String alias) {
        var labels = host.substring(0, host.length() - pattern.domain().name().length());
        return pattern.subdomains() && alias.startsWith(labels) ? "*." + alias.substring(labels.length()) : alias;
    }

    private static Map<DomainName, List<String>> aliases() {
        var aliases = new LinkedHashMap<DomainName, List<String>>();
        Profile.names().stream()
                .map(Profile::load)
                .forEach(profile -> profile.hosts()
                        .forEach(host -> aliases.put(DomainName.of(host).orElseThrow(), profile.aliasesOf(host))));
        return aliases;
    }
}

package dev.portcullis.console.keys;

import dev.portcullis.policy.document.Network;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The wish for a key.
///
/// @param name who its holder is; no two good keys share one
/// @param routes what it is good for; empty for every route
/// @param groups that its holder belongs to
/// @param networks where it may be used from, in CIDR notation; none for anywhere
/// @param expiresAt when it ends by itself
public record ApiKeyOrder(
        String name,
        Optional<List<String>> routes,
        List<String> groups,
        List<String> networks,
        Optional<OffsetDateTime> expiresAt) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final Pattern GROUP = Pattern.compile("[^\\p{Cntrl}\\s](?:[^\\p{Cntrl}]{0,98}[^\\p{Cntrl}\\s])?");
    private static final int MOST = 200;

    public ApiKeyOrder {
        if (!NAME.matcher(name).matches()) {
            throw wrong("name", name, "lower case letters, digits, '.', '_' and '-', at most 63");
        }
        routes = routes.map(ApiKeyOrder::distinct);
        groups = distinct(groups);
        networks = distinct(networks);
        if (routes.map(List::isEmpty).orElse(false)) {
            throw wrong("routes", "[]", "at least one route, or no routes for all of them");
        }
        if (groups.size() > MOST
                || networks.size() > MOST
                || routes.map(List::size).orElse(0) > MOST) {
            throw wrong("routes, groups, networks", "too many", "at most " + MOST + " of each");
        }
        groups.stream()
                .filter(group -> !GROUP.matcher(group).matches())
                .findFirst()
                .ifPresent(group -> {
                    throw wrong("groups", group, "names of at most 100 printable characters");
                });
        networks.stream()
                .filter(network -> Network.parse(network).isEmpty())
                .findFirst()
                .ifPresent(network -> {
                    throw wrong(
                            "networks",
                            network,
                            "CIDR notation such as "
                                    + Network.nearest(network)
                                            .map(Network::toString)
                                            .orElse("10.0.0.0/8"));
                });
    }

    /// The same with another end, or none.
    public ApiKeyOrder endingAt(Optional<OffsetDateTime> end) {
        return new ApiKeyOrder(name, routes, groups, networks, end);
    }

    private static List<String> distinct(List<String> texts) {
        return texts.stream().distinct().toList();
    }

    private static IllegalArgumentException wrong(String key, String value, String expected) {
        return new IllegalArgumentException(key + ": " + value + " (expected: " + expected + ")");
    }
}

package dev.portcullis.console.connect;

import dev.portcullis.policy.document.Route;

import java.util.List;
import java.util.Optional;

/// Writes guides. It knows the gateway's public URL and asks nobody else for it: what a request says of the host it was
/// sent to is that request's claim.
public final class Guides {
    private final String gatewayUrl;

    /// @param gatewayUrl scheme, host and port that clients know the gateway by
    public Guides(String gatewayUrl) {
        this.gatewayUrl = gatewayUrl;
    }

    /// @throws IllegalArgumentException when the route does not take this proof
    public ConnectGuide guide(Route route, ConnectClient client, Optional<Proof> proof, boolean isReadOnly) {
        var taken = Proof.of(route.authentication());
        var shown = proof.orElse(taken.getFirst());
        if (!taken.contains(shown)) {
            throw new IllegalArgumentException("credential: " + shown.wireName() + " (expected: "
                    + String.join(" or ", taken.stream().map(Proof::wireName).toList()) + " on this route)");
        }
        var target = new Target(route.name(), url(route), shown, isReadOnly);
        var advice = new Advice(client, target, route.authentication());
        return new ConnectGuide(
                client,
                route.name(),
                target.url(),
                otherUrls(route),
                route.authentication(),
                shown,
                ConnectLinks.of(client, target),
                Recipes.of(client, target),
                advice.afterwards(),
                advice.warnings());
    }

    /// Where clients reach a route.
    public String url(Route route) {
        return gatewayUrl + "/mcp/" + route.name();
    }

    private static List<String> otherUrls(Route route) {
        return route.hosts().stream()
                .map(host -> "https://" + host + route.pathOnHosts())
                .toList();
    }
}

package dev.portcullis.console.routes;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.credentials.CredentialRecord;
import dev.portcullis.console.credentials.query.CredentialQuery;
import dev.portcullis.console.routes.RouteStanding.CredentialFit;
import dev.portcullis.console.routes.query.RouteHealthQuery;
import dev.portcullis.policy.document.Route;
import dev.portcullis.secrets.CredentialSettings;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Shows the routes of the policy in force. They are changed where the policy is.
@Service
public class RouteService {
    private final RouteDirectory directory;
    private final CredentialQuery credentials;
    private final RouteHealthQuery health;
    private final Clock clock;

    RouteService(RouteDirectory directory, CredentialQuery credentials, RouteHealthQuery health, Clock clock) {
        this.directory = directory;
        this.credentials = credentials;
        this.health = health;
        this.clock = clock;
    }

    /// In the document's order.
    @RolesAllowed(Roles.VIEWER)
    public List<RouteStanding> list() {
        var routes = directory.inForce();
        var kept = credentials.list().stream().collect(Collectors.toMap(CredentialRecord::name, Function.identity()));
        var found = health.of(routes.keySet(), clock.instant().minus(RouteHealth.SPAN));
        return routes.values().stream()
                .map(route -> new RouteStanding(
                        route,
                        fit(route, kept),
                        route.credential()
                                .flatMap(name -> Optional.ofNullable(kept.get(name)))
                                .flatMap(CredentialRecord::expiresAt),
                        found.getOrDefault(route.name(), RouteHealth.unknown())))
                .toList();
    }

    private static CredentialFit fit(Route route, Map<String, CredentialRecord> kept) {
        if (route.credential().isEmpty()) {
            return CredentialFit.NONE;
        }
        var credential = kept.get(route.credential().get());
        if (credential == null) {
            return CredentialFit.MISSING;
        }
        return switch (route.upstream()) {
            case Route.Upstream.Sandbox _ -> CredentialFit.FITS;
            case Route.Upstream.Remote remote ->
                CredentialSettings.origin(remote.uri())
                                .filter(credential.upstreams()::contains)
                                .isPresent()
                        ? CredentialFit.FITS
                        : CredentialFit.OTHER_UPSTREAM;
        };
    }
}

package dev.portcullis.console.connect;

import dev.portcullis.console.ConsoleSettings;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.routes.RouteDirectory;
import dev.portcullis.policy.document.Route;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.util.List;
import java.util.Optional;

/// Tells how clients are connected to the routes of the policy in force.
@Service
public class ConnectService {
    private final RouteDirectory directory;
    private final Guides guides;

    ConnectService(RouteDirectory directory, ConsoleSettings settings) {
        this.directory = directory;
        this.guides = new Guides(settings.gatewayUrl());
    }

    /// The routes in force, in the document's order.
    @RolesAllowed(Roles.VIEWER)
    public List<Route> routes() {
        return List.copyOf(directory.inForce().values());
    }

    /// Empty when the policy in force has no such route.
    ///
    /// @throws IllegalArgumentException when the route does not take what is to be shown
    @RolesAllowed(Roles.VIEWER)
    public Optional<ConnectGuide> guide(ConnectChoice choice) {
        return Optional.ofNullable(directory.inForce().get(choice.route()))
                .map(route -> guides.guide(route, choice.client(), choice.proof(), choice.isReadOnly()));
    }
}

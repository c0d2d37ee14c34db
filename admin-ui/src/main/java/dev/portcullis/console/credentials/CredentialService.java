package dev.portcullis.console.credentials;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.api.ConflictException;
import dev.portcullis.console.credentials.query.CredentialQuery;
import dev.portcullis.console.credentials.store.CredentialStore;
import dev.portcullis.console.ends.End;
import dev.portcullis.console.routes.RouteDirectory;
import dev.portcullis.console.secrets.MasterKeys;
import dev.portcullis.policy.document.Route;
import dev.portcullis.secrets.CredentialSettings;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Keeps the credentials that the gateway shows upstreams. Proxies hear of changes through the database
/// within a second. A secret goes in and never comes out.
@Service
public class CredentialService {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    private final CredentialQuery credentials;
    private final CredentialStore store;
    private final RouteDirectory routes;
    private final MasterKeys masterKeys;
    private final Clock clock;

    CredentialService(
            CredentialQuery credentials,
            CredentialStore store,
            RouteDirectory routes,
            MasterKeys masterKeys,
            Clock clock) {
        this.credentials = credentials;
        this.store = store;
        this.routes = routes;
        this.masterKeys = masterKeys;
        this.clock = clock;
    }

    /// All of them, by name.
    @RolesAllowed(Roles.VIEWER)
    public List<CredentialRecord> list() {
        return credentials.list();
    }

    @RolesAllowed(Roles.VIEWER)
    public Optional<CredentialRecord> byName(String name) {
        return credentials.byName(name);
    }

    /// Adds a credential, or replaces the one of that name.
    ///
    /// @throws IllegalArgumentException naming what is wrong, never the secret
    /// @throws ConflictException when the installation keeps no secrets
    @RolesAllowed(Roles.ADMIN)
    public CredentialRecord set(String name, CredentialSettings settings, EndingSecret secret, String actor) {
        checkName(name);
        var end = wished(secret.expiresAt());
        store.set(name, settings.with(secret.secret()), end, masterKeys.required(), actor);
        return credentials.byName(name).orElseThrow();
    }

    /// Adds a credential, and replaces none.
    ///
    /// @throws IllegalArgumentException naming what is wrong, never the secret
    /// @throws ConflictException when there is one of that name, or the installation keeps no secrets
    @RolesAllowed(Roles.ADMIN)
    public CredentialRecord add(String name, CredentialSettings settings, EndingSecret secret, String actor) {
        checkName(name);
        var end = wished(secret.expiresAt());
        if (!store.add(name, settings.with(secret.secret()), end, masterKeys.required(), actor)) {
            throw new ConflictException("There is a credential " + name + " already.");
        }
        return credentials.byName(name).orElseThrow();
    }

    /// Gives a credential another secret with an end of its own, and leaves the rest as it is.
    ///
    /// @param revision the one that was looked at, so that of two who rotate at once the second is told; empty for
    ///     whatever there is
    /// @return empty when there is none of that name
    /// @throws IllegalArgumentException when it cannot be the secret of such a credential, or its end has passed
    ///     or is too far away
    /// @throws ConflictException when it has changed meanwhile, or the installation keeps no secrets
    @RolesAllowed(Roles.ADMIN)
    public Optional<CredentialRecord> rotate(String name, EndingSecret secret, OptionalLong revision, String actor) {
        var end = wished(secret.expiresAt());
        return credentials.byName(name).map(known -> {
            var expected = revision.orElse(known.revision());
            var renewed = known.settings().with(secret.secret());
            if (expected != known.revision() || !store.rotate(known, renewed, end, masterKeys.required(), actor)) {
                throw new ConflictException(
                        "The credential " + name
                                + " was changed meanwhile: look at it again, and decide whether its secret is still the old one.");
            }
            return credentials.byName(name).orElseThrow();
        });
    }

    /// Says when the secret of a credential ends, or that nobody knows, and leaves the rest as it is.
    ///
    /// @param revision the one that was looked at; empty for whatever there is
    /// @return empty when there is none of that name
    /// @throws IllegalArgumentException when the end has passed, or is too far away
    /// @throws ConflictException when it has changed meanwhile
    @RolesAllowed(Roles.ADMIN)
    public Optional<CredentialRecord> changeEnd(
            String name, Optional<OffsetDateTime> expiresAt, OptionalLong revision, String actor) {
        var end = wished(expiresAt);
        return credentials.byName(name).map(known -> {
            if (revision.orElse(known.revision()) != known.revision() || !store.changeEnd(known, end, actor)) {
                throw new ConflictException(
                        "The credential " + name + " was changed meanwhile: look at its end again.");
            }
            return credentials.byName(name).orElseThrow();
        });
    }

    private Optional<OffsetDateTime> wished(Optional<OffsetDateTime> expiresAt) {
        return expiresAt.map(at -> End.wished(at, clock.instant()).at());
    }

    /// The routes of the policy in force that show it to their upstreams.
    @RolesAllowed(Roles.VIEWER)
    public List<String> usedBy(String name) {
        return routes.inForce().values().stream()
                .filter(route -> route.credential().filter(name::equals).isPresent())
                .map(Route::name)
                .toList();
    }

    /// @return whether there was one
    /// @throws ConflictException when a route of the policy in force needs it
    @RolesAllowed(Roles.ADMIN)
    public boolean removeUnused(String name, String actor) {
        var users = usedBy(name);
        if (!users.isEmpty()) {
            throw new ConflictException("The credential " + name + " is needed by " + String.join(", ", users)
                    + ": publish a policy without it first.");
        }
        return remove(name, actor);
    }

    /// @return whether there was one
    @RolesAllowed(Roles.ADMIN)
    public boolean remove(String name, String actor) {
        return store.remove(name, actor);
    }

    private static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name: " + name + " (expected: lower case letters, digits, '.', '_' and '-', at most 63)");
        }
    }
}

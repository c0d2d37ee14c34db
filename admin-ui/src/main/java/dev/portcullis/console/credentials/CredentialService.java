package dev.portcullis.console.credentials;

import dev.portcullis.configuration.Secret;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.credentials.query.CredentialQuery;
import dev.portcullis.console.credentials.store.CredentialStore;
import dev.portcullis.console.secrets.MasterKeys;
import dev.portcullis.secrets.CredentialSettings;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Keeps the credentials that the gateway shows upstreams. Proxies hear of changes through the database
/// within a second. A secret goes in and never comes out.
@Service
public class CredentialService {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    private final CredentialQuery credentials;
    private final CredentialStore store;
    private final MasterKeys masterKeys;

    CredentialService(CredentialQuery credentials, CredentialStore store, MasterKeys masterKeys) {
        this.credentials = credentials;
        this.store = store;
        this.masterKeys = masterKeys;
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
    /// @throws dev.portcullis.console.api.ConflictException when the installation keeps no secrets
    @RolesAllowed(Roles.ADMIN)
    public CredentialRecord set(String name, CredentialSettings settings, Secret secret, String actor) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name: " + name + " (expected: lower case letters, digits, '.', '_' and '-', at most 63)");
        }
        store.set(name, settings.with(secret), masterKeys.required(), actor);
        return credentials.byName(name).orElseThrow();
    }

    /// @return whether there was one
    @RolesAllowed(Roles.ADMIN)
    public boolean remove(String name, String actor) {
        return store.remove(name, actor);
    }
}

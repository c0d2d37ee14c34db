package dev.portcullis.console.keys;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.api.ConflictException;
import dev.portcullis.console.ends.End;
import dev.portcullis.console.keys.query.ApiKeyQuery;
import dev.portcullis.console.keys.store.ApiKeyStore;
import dev.portcullis.console.policy.ReadDocuments;
import dev.portcullis.console.policy.query.PolicyQuery;
import dev.portcullis.console.secrets.MasterKeys;
import dev.portcullis.policy.document.ReadResult;
import dev.portcullis.secrets.ApiKey;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// Makes and revokes API keys. Proxies hear of it through the database within a second.
@Service
public class ApiKeyService {
    /// How long before its end a key is called to attention.
    public static final Duration SOON = End.SOON;

    private static final int LONGEST_REASON = 500;

    private final ApiKeyQuery keys;
    private final ApiKeyStore store;
    private final PolicyQuery policy;
    private final ReadDocuments documents;
    private final MasterKeys masterKeys;
    private final Clock clock;

    ApiKeyService(
            ApiKeyQuery keys,
            ApiKeyStore store,
            PolicyQuery policy,
            ReadDocuments documents,
            MasterKeys masterKeys,
            Clock clock) {
        this.keys = keys;
        this.store = store;
        this.policy = policy;
        this.documents = documents;
        this.masterKeys = masterKeys;
        this.clock = clock;
    }

    /// Those that are good, by name; with `all` also those that were revoked.
    @RolesAllowed(Roles.VIEWER)
    public List<ApiKeyRecord> list(boolean all) {
        return keys.list(all);
    }

    /// Up to `limit` keys behind `after`, by name.
    @RolesAllowed(Roles.VIEWER)
    public List<ApiKeyRecord> page(ApiKeyFilter filter, Optional<ApiKeyCursor> after, int limit) {
        return keys.page(filter, clock.instant(), after, limit);
    }

    /// How many good keys end soon.
    @RolesAllowed(Roles.VIEWER)
    public int expiring() {
        return keys.count(ApiKeyFilter.of(ApiKeyFilter.Standing.EXPIRING), clock.instant());
    }

    /// Routes that a key can be made for.
    @RolesAllowed(Roles.VIEWER)
    public Set<String> knownRoutes() {
        return routes();
    }

    /// @throws IllegalArgumentException when its end has passed or is too far away, or the policy has no such route
    /// @throws ConflictException when a good key has that name, or the installation keeps no secrets
    @RolesAllowed(Roles.ADMIN)
    public MadeKey create(ApiKeyOrder order, String actor) {
        var wished = order.endingAt(
                order.expiresAt().map(end -> End.wished(end, clock.instant()).at()));
        var known = routes();
        order.routes().orElse(List.of()).stream()
                .filter(route -> !known.contains(route))
                .findFirst()
                .ifPresent(route -> {
                    throw new IllegalArgumentException("routes: " + route
                            + " (expected: routes of the policy in force: " + String.join(", ", known) + ")");
                });
        var key = ApiKey.generate();
        var id = UUID.randomUUID();
        if (!store.add(id, wished, key, masterKeys.required(), actor)) {
            throw new ConflictException(
                    "There is a key " + order.name() + " already: revoke it first, or choose another name.");
        }
        return new MadeKey(keys.byId(id).orElseThrow(), key);
    }

    /// @param reason for the record
    /// @return the key that is now worthless, or empty when there is none with this id; revoking twice
    ///     changes nothing
    /// @throws IllegalArgumentException when the reason is too long
    @RolesAllowed(Roles.ADMIN)
    public Optional<ApiKeyRecord> revoke(UUID id, Optional<String> reason, String actor) {
        var words = reason.map(String::strip).filter(text -> !text.isEmpty());
        if (words.map(String::length).orElse(0) > LONGEST_REASON) {
            throw new IllegalArgumentException(
                    "reason: too long (expected: at most " + LONGEST_REASON + " characters)");
        }
        store.revoke(id, words, actor);
        return keys.byId(id);
    }

    private Set<String> routes() {
        return policy.published()
                .map(version -> documents.read(version.document()))
                .filter(ReadResult.Valid.class::isInstance)
                .map(read -> new TreeSet<>(
                        ((ReadResult.Valid) read).document().routes().keySet()))
                .orElseGet(TreeSet::new);
    }
}

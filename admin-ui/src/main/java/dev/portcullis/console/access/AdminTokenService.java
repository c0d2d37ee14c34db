package dev.portcullis.console.access;

import dev.portcullis.console.access.query.AdminTokenQuery;
import dev.portcullis.console.access.store.AdminTokenStore;
import dev.portcullis.console.api.ConflictException;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Service;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// Makes and revokes the tokens with which programs use the REST API.
@Service
public class AdminTokenService {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    private final AdminTokenQuery query;
    private final AdminTokenStore store;
    private final Actor creator;

    AdminTokenService(AdminTokenQuery query, AdminTokenStore store, Actor creator) {
        this.query = query;
        this.store = store;
        this.creator = creator;
    }

    /// By name, those that were revoked included.
    @RolesAllowed(Roles.VIEWER)
    public List<AdminTokenRecord> list() {
        return query.list();
    }

    /// Nobody gives the role of auditors who does not have it.
    ///
    /// @return the token, which cannot be had again
    /// @throws IllegalArgumentException when the name or a role is none
    /// @throws ConflictException when a good token has that name
    @RolesAllowed(Roles.ADMIN)
    public AdminToken create(String name, List<String> roles, String actor) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name: " + name
                    + " (expected: lower case letters, digits, dots, underscores and hyphens, at most 63)");
        }
        if (roles.isEmpty() || !Roles.ALL.containsAll(roles)) {
            throw new IllegalArgumentException("roles: " + roles + " (expected: some of "
                    + String.join(", ", Roles.ALL.stream().sorted().toList()) + ")");
        }
        if (roles.contains(Roles.AUDITOR) && !creator.isAuditor()) {
            throw new AccessDeniedException("only auditors may let others see what callers have sent");
        }
        var token = AdminToken.random();
        if (!store.add(token, name, roles, actor)) {
            throw new ConflictException("There is a good token " + name + " already; revoke it first.");
        }
        return token;
    }

    /// Makes a token worthless, for ever.
    ///
    /// @return its name; empty when there is no such token
    @RolesAllowed(Roles.ADMIN)
    public Optional<String> revoke(UUID id, String actor) {
        return store.revoke(id, actor);
    }
}

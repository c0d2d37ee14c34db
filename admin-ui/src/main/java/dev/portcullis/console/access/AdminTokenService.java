package dev.portcullis.console.access;

import dev.portcullis.console.access.query.AdminTokenQuery;
import dev.portcullis.console.access.store.AdminTokenStore;
import dev.portcullis.console.api.ConflictException;
import dev.portcullis.console.ends.End;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Service;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;

/// Makes and revokes the tokens with which programs use the REST API.
@Service
public class AdminTokenService {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    private final AdminTokenQuery query;
    private final AdminTokenStore store;
    private final Actor creator;
    private final Clock clock;

    AdminTokenService(AdminTokenQuery query, AdminTokenStore store, Actor creator, Clock clock) {
        this.query = query;
        this.store = store;
        this.creator = creator;
        this.clock = clock;
    }

    /// By name, those that were revoked or are over included.
    @RolesAllowed(Roles.VIEWER)
    public List<AdminTokenRecord> list() {
        return query.list();
    }

    /// Nobody gives the role of auditors who does not have it.
    ///
    /// @param expiresAt from when it is refused; empty for never
    /// @return the token, which cannot be had again
    /// @throws IllegalArgumentException when the name or a role is none, or the end has passed or is too far away
    /// @throws ConflictException when a good token has that name
    @RolesAllowed(Roles.ADMIN)
    public AdminToken create(String name, List<String> roles, Optional<OffsetDateTime> expiresAt, String actor) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name: " + name
                    + " (expected: lower case letters, digits, dots, underscores and hyphens, at most 63)");
        }
        if (roles.isEmpty() || !Roles.ALL.containsAll(roles)) {
            throw new IllegalArgumentException("roles: " + roles + " (expected: some of "
                    + String.join(", ", Roles.ALL.stream().sorted().toList()) + ")");
        }
        var end = wished(expiresAt);
        checkAuditor(roles);
        var token = AdminToken.random();
        if (!store.add(token, name, roles, end, actor)) {
            throw new ConflictException("There is a good token " + name + " already; revoke it first.");
        }
        return token;
    }

    /// Gives a good token another end, or none. One that is over stays so.
    ///
    /// @param expiresAt from when it is refused; empty for never
    /// @param revision the one that was looked at, so that of two who change it at once the second is told; empty
    ///     for whatever there is
    /// @return empty when there is no such token
    /// @throws IllegalArgumentException when the end has passed, or is too far away
    /// @throws ConflictException when it is revoked or over, or was changed meanwhile
    @RolesAllowed(Roles.ADMIN)
    public Optional<AdminTokenRecord> changeEnd(
            UUID id, Optional<OffsetDateTime> expiresAt, OptionalLong revision, String actor) {
        var end = wished(expiresAt);
        return query.byId(id).map(token -> {
            if (!token.isGood(clock.instant())) {
                throw new ConflictException("The token " + token.name()
                        + (token.revokedAt().isPresent() ? " is revoked" : " has ended") + ": make another one.");
            }
            if (isLonger(token.expiresAt(), end)) {
                checkAuditor(token.roles());
            }
            if (revision.orElse(token.revision()) != token.revision() || !store.changeEnd(token, end, actor)) {
                throw new ConflictException(
                        "The token " + token.name() + " was changed meanwhile: look at its end again.");
            }
            return query.byId(id).orElseThrow();
        });
    }

    private static boolean isLonger(Optional<OffsetDateTime> before, Optional<OffsetDateTime> after) {
        return before.filter(end -> after.map(end::isBefore).orElse(true)).isPresent();
    }

    private Optional<OffsetDateTime> wished(Optional<OffsetDateTime> expiresAt) {
        return expiresAt.map(at -> End.wished(at, clock.instant()).at());
    }

    private void checkAuditor(List<String> roles) {
        if (roles.contains(Roles.AUDITOR) && !creator.isAuditor()) {
            throw new AccessDeniedException("only auditors may let others see what callers have sent");
        }
    }

    /// Makes a token worthless, for ever.
    ///
    /// @return its name; empty when there is no such token
    @RolesAllowed(Roles.ADMIN)
    public Optional<String> revoke(UUID id, String actor) {
        return store.revoke(id, actor);
    }
}

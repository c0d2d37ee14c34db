package dev.portcullis.console.callers;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.api.ConflictException;
import dev.portcullis.console.callers.query.RevocationQuery;
import dev.portcullis.console.callers.store.RevocationStore;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Takes sessions and grants back, and gives them again. Proxies hear of it through the database within a second, and
/// cut what is open.
@Service
public class RevocationService {
    /// How many may be in force: every proxy keeps them in memory.
    public static final int MOST_IN_FORCE = 10_000;

    private final RevocationQuery revocations;
    private final RevocationStore store;
    private final Clock clock;

    RevocationService(RevocationQuery revocations, RevocationStore store, Clock clock) {
        this.revocations = revocations;
        this.store = store;
        this.clock = clock;
    }

    /// The newest first; with `all` also those that are over.
    @RolesAllowed(Roles.VIEWER)
    public List<Revocation> list(boolean all, int limit) {
        return revocations.list(all, limit, clock.instant());
    }

    /// Of a session that is revoked already, the revocation there is. Of a grant, another one: what was issued until
    /// now is refused.
    ///
    /// @throws ConflictException when more are in force than proxies keep
    @RolesAllowed(Roles.ADMIN)
    public Revocation revoke(RevocationOrder order, String actor) {
        var now = clock.instant();
        var known = order.kind() == RevocationOrder.Kind.SESSION
                ? revocations.inForce(order.kind(), order.subject(), now)
                : Optional.<Revocation>empty();
        if (known.isPresent()) {
            return known.get();
        }
        if (revocations.countInForce(now) >= MOST_IN_FORCE) {
            throw new ConflictException("There are " + MOST_IN_FORCE
                    + " revocations in force, and proxies keep no more. Lift some, or use the kill switch.");
        }
        var id = store.revoke(order, revocations.inForce(order.kind(), order.subject(), now), now, actor);
        return revocations.byId(id).orElseThrow();
    }

    /// @param reason for the record
    /// @return the revocation that is now over, or empty when there is none with this id; lifting twice changes
    ///     nothing
    @RolesAllowed(Roles.ADMIN)
    public Optional<Revocation> lift(UUID id, Optional<String> reason, String actor) {
        if (reason.map(String::length).orElse(0) > RevocationOrder.LONGEST_REASON) {
            throw new IllegalArgumentException(
                    "reason: (expected: at most " + RevocationOrder.LONGEST_REASON + " characters)");
        }
        revocations.byId(id).ifPresent(known -> store.lift(known, reason, actor));
        return revocations.byId(id);
    }
}

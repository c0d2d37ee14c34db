package dev.portcullis.console.kills;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.kills.query.KillQuery;
import dev.portcullis.console.kills.store.KillStore;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Stops MCP at once, and lets it go on. Proxies hear of it through the database within a second.
@Service
public class KillService {
    private final KillQuery kills;
    private final KillStore store;
    private final Clock clock;

    KillService(KillQuery kills, KillStore store, Clock clock) {
        this.kills = kills;
        this.store = store;
        this.clock = clock;
    }

    /// Those that stop something at this moment, oldest first.
    @RolesAllowed({Roles.ADMIN, Roles.AUDITOR})
    public List<KillRecord> engaged() {
        return kills.engaged(Instant.now(clock));
    }

    /// All there ever were, newest first.
    @RolesAllowed({Roles.ADMIN, Roles.AUDITOR})
    public List<KillRecord> history(int limit) {
        return kills.history(limit);
    }

    /// @throws IllegalArgumentException when its end has passed already
    @RolesAllowed(Roles.ADMIN)
    public KillRecord engage(KillOrder order, String actor) {
        var now = Instant.now(clock);
        order.until().filter(end -> !end.toInstant().isAfter(now)).ifPresent(end -> {
            throw new IllegalArgumentException("until: " + end + " (expected: a time to come)");
        });
        var id = UUID.randomUUID();
        store.engage(id, order, actor);
        return kills.byId(id).orElseThrow();
    }

    /// @return the kill that is now over, or empty when there is none with this id; releasing twice
    ///     changes nothing
    @RolesAllowed(Roles.ADMIN)
    public Optional<KillRecord> release(UUID id, String actor) {
        store.release(id, actor);
        return kills.byId(id);
    }
}

package dev.portcullis.console.kills;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.kills.query.KillQuery;
import dev.portcullis.console.kills.store.KillStore;
import dev.portcullis.policy.KillOrder;
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
    @RolesAllowed(Roles.VIEWER)
    public List<KillRecord> engaged() {
        return kills.engaged(Instant.now(clock));
    }

    /// All there ever were, newest first.
    @RolesAllowed(Roles.VIEWER)
    public List<KillRecord> history(int limit) {
        return kills.history(limit);
    }

    /// Those engaged already that stop the same. Another one is no mistake, for it may have another end; but
    /// each has to be released.
    @RolesAllowed(Roles.VIEWER)
    public List<KillRecord> sameAs(KillOrder order) {
        return engaged().stream().filter(kill -> kill.isSameAs(order)).toList();
    }

    /// @throws IllegalArgumentException when its end has come already
    @RolesAllowed(Roles.ADMIN)
    public KillRecord engage(KillOrder order, String actor) {
        var kill = order.kill(UUID.randomUUID(), Instant.now(clock));
        store.engage(kill, actor);
        return kills.byId(kill.id()).orElseThrow();
    }

    /// @param reason for the record
    /// @return the kill that is now over, or empty when there is none with this id; releasing twice
    ///     changes nothing
    /// @throws IllegalArgumentException when the reason is too long
    @RolesAllowed(Roles.ADMIN)
    public Optional<KillRecord> release(UUID id, Optional<String> reason, String actor) {
        var words = reason.map(String::strip).filter(text -> !text.isEmpty());
        if (words.map(String::length).orElse(0) > KillOrder.LONGEST) {
            throw new IllegalArgumentException(
                    "reason: too long (expected: at most " + KillOrder.LONGEST + " characters)");
        }
        kills.byId(id).ifPresent(kill -> store.release(kill, words, actor));
        return kills.byId(id);
    }
}

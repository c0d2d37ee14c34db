package dev.portcullis.console.storage;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.storage.query.HoldQuery;
import dev.portcullis.console.storage.store.HoldStore;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Places and releases legal holds.
@Service
public class HoldService {
    private final HoldQuery holds;
    private final HoldStore store;

    HoldService(HoldQuery holds, HoldStore store) {
        this.holds = holds;
        this.store = store;
    }

    /// Those that keep something, oldest first.
    @RolesAllowed(Roles.VIEWER)
    public List<LegalHold> engaged() {
        return holds.engaged();
    }

    /// All there ever were, newest first.
    @RolesAllowed(Roles.VIEWER)
    public List<LegalHold> history(int limit) {
        return holds.history(limit);
    }

    @RolesAllowed(Roles.ADMIN)
    public LegalHold place(HoldOrder order, String actor) {
        return holds.byId(store.place(order, actor)).orElseThrow();
    }

    /// @param reason for the record
    /// @return the hold that is now over, or empty when there is none with this id; releasing twice changes
    ///     nothing
    /// @throws IllegalArgumentException when the reason is too long
    @RolesAllowed(Roles.ADMIN)
    public Optional<LegalHold> release(UUID id, Optional<String> reason, String actor) {
        var words = reason.map(String::strip).filter(text -> !text.isEmpty());
        if (words.map(String::length).orElse(0) > HoldOrder.LONGEST) {
            throw new IllegalArgumentException(
                    "reason: too long (expected: at most " + HoldOrder.LONGEST + " characters)");
        }
        holds.byId(id).ifPresent(hold -> store.release(hold, words, actor));
        return holds.byId(id);
    }
}

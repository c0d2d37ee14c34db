package dev.portcullis.console.publication;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.publication.query.ApprovalQuery;
import dev.portcullis.console.publication.store.ApprovalStore;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.util.Optional;
import java.util.Set;

/// Switches approval by a second person on and off. Either is recorded: whoever may switch it off could publish
/// alone, and everybody would see it.
@Service
public class ApprovalService {
    private final ApprovalQuery query;
    private final ApprovalStore store;

    ApprovalService(ApprovalQuery query, ApprovalStore store) {
        this.query = query;
        this.store = store;
    }

    @RolesAllowed(Roles.VIEWER)
    public ApprovalSetting setting() {
        return query.setting();
    }

    /// What is waiting goes on waiting when approval is switched off, and what waits for its time without approval is
    /// refused then when it is switched on.
    ///
    /// @param expected entity tags, one of which has to be current; empty when the writer does not care
    /// @return empty when none of them is
    @RolesAllowed(Roles.ADMIN)
    public Optional<ApprovalSetting> change(boolean required, String actor, Set<String> expected) {
        return store.change(required, actor, expected);
    }
}

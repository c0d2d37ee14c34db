package dev.portcullis.console.events;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.api.PageCursor;
import dev.portcullis.console.events.query.AdminEventQuery;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.util.List;
import java.util.Optional;

/// Lets auditors read what admins have done.
@Service
@RolesAllowed(Roles.AUDITOR)
public class AdminEventService {
    private final AdminEventQuery events;

    AdminEventService(AdminEventQuery events) {
        this.events = events;
    }

    /// Up to `limit` events, newest first, behind the cursor.
    public List<RecordedEvent> list(EventFilter filter, Optional<PageCursor> after, int limit) {
        return events.list(filter, after, limit);
    }
}

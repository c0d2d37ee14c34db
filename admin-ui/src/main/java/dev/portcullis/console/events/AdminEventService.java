package dev.portcullis.console.events;

import dev.portcullis.console.access.Actor;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.api.PageCursor;
import dev.portcullis.console.events.query.AdminEventQuery;
import dev.portcullis.console.events.store.AdminEventStore;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/// Lets auditors read what admins have done.
@Service
@RolesAllowed(Roles.AUDITOR)
public class AdminEventService {
    private static final int STEP = 500;

    private final AdminEventQuery events;
    private final AdminEventStore store;
    private final Actor actor;

    AdminEventService(AdminEventQuery events, AdminEventStore store, Actor actor) {
        this.events = events;
        this.store = store;
        this.actor = actor;
    }

    /// Up to `limit` events, newest first, behind the cursor.
    public List<RecordedEvent> list(EventFilter filter, Optional<PageCursor> after, int limit) {
        return events.list(filter, after, limit);
    }

    /// The names of all kinds of events that there are, and of all who did something, up to a bound.
    public EventNames names() {
        return events.names();
    }

    /// One of them, by its id.
    public Optional<RecordedEvent> byId(UUID id) {
        return events.byId(id);
    }

    /// Hands every event the filter wants to `sink`, newest first, in steps. That somebody took them away is itself
    /// recorded, before the first of them, and how many they were, after the last.
    public void export(EventFilter filter, Consumer<RecordedEvent> sink) {
        store.append(AdminEvent.of(actor.name(), AdminEvent.AUDIT_EXPORTED)
                .with(Map.of("format", "admin-events", "filter", filter.describe())));
        var rows = 0L;
        try {
            var after = Optional.<PageCursor>empty();
            List<RecordedEvent> step;
            do {
                step = events.list(filter, after, STEP);
                step.forEach(sink);
                rows += step.size();
                after = step.isEmpty() ? after : Optional.of(step.getLast().cursor());
            } while (step.size() == STEP);
        } catch (RuntimeException e) {
            brokenOff(rows, e);
            throw e;
        }
        store.append(ended(rows, true));
    }

    /// Where events cannot be read they cannot be written either; the cause is what counts.
    private void brokenOff(long rows, RuntimeException cause) {
        try {
            store.append(ended(rows, false));
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private AdminEvent ended(long rows, boolean complete) {
        return AdminEvent.of(actor.name(), AdminEvent.AUDIT_EXPORT_ENDED)
                .with(Map.of("rows", Long.toString(rows), "complete", Boolean.toString(complete)));
    }
}

package dev.portcullis.console.toolcalls;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.console.toolcalls.query.ToolCallQuery;
import dev.portcullis.console.toolcalls.query.TrailWalk;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/// Lets auditors and admins find, read and take away what is on record.
@Service
@RolesAllowed({Roles.ADMIN, Roles.AUDITOR})
public class ToolCallService {
    private static final int EXPORT_STEP = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long EXPORT_BYTES = 4L << 20;

    private final ToolCallQuery calls;
    private final AdminEventStore events;

    ToolCallService(ToolCallQuery calls, AdminEventStore events) {
        this.calls = calls;
        this.events = events;
    }

    /// Up to `limit` whole records, newest first, behind the cursor.
    public List<ToolCall> list(ToolCallFilter filter, Optional<ToolCallCursor> after, int limit) {
        return calls.list(filter, after, limit, TrailWalk.PATIENT).items();
    }

    /// The same, but with what was found when somebody has waited long enough.
    public Stretch<ToolCall> search(ToolCallFilter filter, Optional<ToolCallCursor> after, int limit) {
        return calls.list(filter, after, limit, PATIENCE);
    }

    /// Up to `limit` records as a list shows them, newest first, behind the cursor.
    public List<ToolCallSummary> summaries(ToolCallFilter filter, Optional<ToolCallCursor> after, int limit) {
        return calls.summaries(filter, after, limit, TrailWalk.PATIENT).items();
    }

    /// The same, but with what was found when somebody has waited long enough.
    public Stretch<ToolCallSummary> browse(ToolCallFilter filter, Optional<ToolCallCursor> after, int limit) {
        return calls.summaries(filter, after, limit, PATIENCE);
    }

    public Optional<ToolCall> byId(UUID id) {
        return calls.byId(id);
    }

    /// Names to filter by, from recent traffic.
    public SeenValues seen() {
        return calls.seen();
    }

    /// Hands every record the filter wants to `sink`, newest first. Reads in steps of some megabytes, so
    /// that no database connection waits for a slow reader, and memory does not depend on how much there
    /// is or how large it is. That somebody took the records away is itself recorded,
    /// before the first of them.
    public void export(ToolCallFilter filter, ExportFormat format, String actor, Consumer<ToolCall> sink) {
        events.append(AdminEvent.of(actor, AdminEvent.AUDIT_EXPORTED)
                .with(Map.of("format", format.suffix(), "filter", filter.describe())));
        Optional<ToolCallCursor> after = Optional.empty();
        List<ToolCall> step;
        do {
            step = calls.step(filter, after, EXPORT_STEP, EXPORT_BYTES);
            step.forEach(sink);
            after = step.isEmpty() ? after : Optional.of(step.getLast().cursor());
        } while (!step.isEmpty());
    }
}

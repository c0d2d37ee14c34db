package dev.portcullis.console.toolcalls;

import dev.portcullis.console.access.Actor;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.api.PageCursor;
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

/// Lets people find and read what is on record, auditors and admins take it away too; what callers have sent is for
/// auditors alone.
@Service
@RolesAllowed(Roles.VIEWER)
public class ToolCallService {
    private static final int EXPORT_STEP = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long EXPORT_BYTES = 4L << 20;

    private final ToolCallQuery calls;
    private final AdminEventStore events;
    private final Actor actor;

    ToolCallService(ToolCallQuery calls, AdminEventStore events, Actor actor) {
        this.calls = calls;
        this.events = events;
        this.actor = actor;
    }

    /// Up to `limit` records, newest first, behind the cursor, without what callers have sent; what was found
    /// when somebody has waited long enough.
    public Stretch<ToolCall> search(ToolCallFilter filter, Optional<PageCursor> after, int limit) {
        return calls.list(filter, after, limit, PATIENCE, false);
    }

    /// The same with what callers have sent. That somebody saw it is itself recorded, before they do.
    @RolesAllowed(Roles.AUDITOR)
    public Stretch<ToolCall> reveal(
            ToolCallFilter filter, Optional<PageCursor> after, int limit, Revelation revelation) {
        var found = calls.list(filter, after, limit, PATIENCE, true);
        var seen = found.items().stream().filter(ToolCall::hasPayload).count();
        if (seen > 0) {
            events.append(revelation.event(
                    Optional.empty(), Map.of("filter", filter.describe(), "records", Long.toString(seen))));
        }
        return found;
    }

    /// Up to `limit` records as a list shows them, newest first, behind the cursor.
    public List<ToolCallSummary> summaries(ToolCallFilter filter, Optional<PageCursor> after, int limit) {
        return calls.summaries(filter, after, limit, TrailWalk.PATIENT).items();
    }

    /// The same, but with what was found when somebody has waited long enough.
    public Stretch<ToolCallSummary> browse(ToolCallFilter filter, Optional<PageCursor> after, int limit) {
        return calls.summaries(filter, after, limit, PATIENCE);
    }

    /// One record, without what the caller has sent.
    public Optional<ToolCall> byId(UUID id) {
        return calls.byId(id, false);
    }

    /// The same with it. That somebody saw it is itself recorded, before they do.
    @RolesAllowed(Roles.AUDITOR)
    public Optional<ToolCall> reveal(UUID id, Revelation revelation) {
        var found = calls.byId(id, true);
        found.filter(ToolCall::hasPayload)
                .ifPresent(call -> events.append(revelation.event(Optional.of(id.toString()), Map.of())));
        return found;
    }

    /// Names to filter by, from recent traffic.
    public SeenValues seen() {
        return calls.seen();
    }

    /// Hands every record the filter wants to `sink`, newest first; with what callers have sent when an auditor
    /// asks for it. Reads in steps of some megabytes, so that no database connection waits for a slow reader, and
    /// memory does not depend on how much there is or how large it is. That somebody took the records away is
    /// itself recorded, before the first of them, and how many they were, after the last.
    ///
    /// @param payloads whether what callers have sent is wanted
    @RolesAllowed({Roles.AUDITOR, Roles.ADMIN})
    public void export(
            ToolCallFilter filter,
            ExportFormat format,
            boolean payloads,
            Revelation revelation,
            Consumer<ToolCall> sink) {
        var shown = payloads && actor.isAuditor();
        events.append(revelation.export(format.suffix(), filter.describe(), shown));
        Optional<PageCursor> after = Optional.empty();
        List<ToolCall> step;
        var rows = 0L;
        try {
            do {
                step = calls.step(filter, after, EXPORT_STEP, EXPORT_BYTES, shown);
                for (var call : step) {
                    sink.accept(call);
                    rows++;
                }
                after = step.isEmpty() ? after : Optional.of(step.getLast().cursor());
            } while (!step.isEmpty());
        } catch (RuntimeException e) {
            brokenOff(revelation, rows, e);
            throw e;
        }
        events.append(revelation.exportEnded(rows, true));
    }

    /// Where the trail cannot be read it cannot be written either; the cause is what counts.
    private void brokenOff(Revelation revelation, long rows, RuntimeException cause) {
        try {
            events.append(revelation.exportEnded(rows, false));
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }
}

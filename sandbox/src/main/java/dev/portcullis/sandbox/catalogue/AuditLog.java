package dev.portcullis.sandbox.catalogue;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/// Port's own record of what changed, newest first.
///
/// Not thread-safe: [Catalogue#exclusively] is the lock. Keeps the last [#CAPACITY] events and forgets
/// older ones.
public final class AuditLog {

    static final int CAPACITY = 5_000;

    private final Clock clock;
    private final Deque<JsonObject> events = new ArrayDeque<>();

    AuditLog(Clock clock) {
        this.clock = clock;
    }

    /// @param action `CREATE`, `UPDATE`, `DELETE` or `EXECUTE`
    /// @param resource the resource's type, for instance `entity`
    /// @param context what the event is about: identifiers of blueprint, entity, run
    void succeeded(String action, String resource, String identifier, JsonObject context) {
        record(action, resource, identifier, context, "SUCCESS", "");
    }

    void failed(String action, String resource, String identifier, JsonObject context, String message) {
        record(action, resource, identifier, context, "FAILURE", message);
    }

    /// All events, newest first.
    public List<JsonObject> newestFirst() {
        return List.copyOf(events);
    }

    private void record(
            String action, String resource, String identifier, JsonObject context, String status, String message) {
        if (events.size() >= CAPACITY) {
            events.removeLast();
        }
        events.addFirst(JsonObject.of("id", "event_" + UUID.randomUUID())
                .with("action", action)
                .with("resourceType", resource)
                .with("identifier", identifier)
                .with("context", context)
                .with(
                        "trigger",
                        JsonObject.of("by", JsonObject.of("user", Organization.USER))
                                .with("origin", "MCP")
                                .with("at", clock.instant().toString()))
                .with("status", status)
                .with("message", message));
    }
}

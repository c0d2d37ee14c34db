package dev.portcullis.standalone.command;

import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.standalone.process.Refused;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import javax.sql.DataSource;

/// Leaves an admin event in a trail that somebody takes away, before the first record leaves.
final class ExportEvent {
    /// SQL states: nothing can be written there; this user may not.
    private static final Set<String> ONLY_READ = Set.of("25006", "42501");

    private ExportEvent() {}

    /// @return why there is no such event, a sentence: a standby, or a user who may only read. Those who are to
    ///     read the trail in no other way can still take it away
    /// @throws Refused when there should be one and is not
    static Optional<String> append(DataSource database) {
        var event = AdminEvent.of("cli:" + System.getProperty("user.name"), AdminEvent.AUDIT_EXPORTED)
                .with(Map.of("format", "trail", "payloads", "true"));
        try {
            new AdminEventStore(database).append(event);
            return Optional.empty();
        } catch (RuntimeException e) {
            if (e.getCause() instanceof SQLException refusal && ONLY_READ.contains(refusal.getSQLState())) {
                return Optional.of(
                        "No admin event says that the trail was exported, because it can only be read there: "
                                + refusal.getMessage());
            }
            throw new Refused("The export cannot be noted in the trail, and is not made: " + e.getMessage(), e);
        }
    }
}

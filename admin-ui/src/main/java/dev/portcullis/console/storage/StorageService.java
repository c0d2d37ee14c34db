package dev.portcullis.console.storage;

import dev.portcullis.console.ConsoleSettings;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.storage.query.HoldQuery;
import dev.portcullis.console.storage.query.PartQuery;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.time.Clock;
import java.time.OffsetDateTime;

/// Tells how the audit trail is kept.
@Service
@RolesAllowed(Roles.VIEWER)
public class StorageService {
    private final StorageSettings settings;
    private final CurrentRetention retention;
    private final PartQuery parts;
    private final HoldQuery holds;
    private final Clock clock;

    StorageService(
            ConsoleSettings settings, CurrentRetention retention, PartQuery parts, HoldQuery holds, Clock clock) {
        this.settings = settings.trail().storage();
        this.retention = retention;
        this.parts = parts;
        this.holds = holds;
        this.clock = clock;
    }

    public StorageReport report() {
        return StorageReport.of(
                settings.partitions(), retention.setting().retention(), parts.parts(), holds.engaged(), now());
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }
}

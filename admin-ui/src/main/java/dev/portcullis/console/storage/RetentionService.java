package dev.portcullis.console.storage;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.api.ConflictException;
import dev.portcullis.console.storage.query.HoldQuery;
import dev.portcullis.console.storage.query.PartQuery;
import dev.portcullis.console.storage.store.RetentionStore;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;

/// Tells how long records are kept, and changes it where the configuration file does not say it.
@Service
public class RetentionService {
    /// For finding out whose records parts have.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final CurrentRetention current;
    private final RetentionStore store;
    private final PartQuery parts;
    private final PartOwners owners;
    private final HoldQuery holds;
    private final Clock clock;

    RetentionService(
            CurrentRetention current,
            RetentionStore store,
            PartQuery parts,
            PartOwners owners,
            HoldQuery holds,
            Clock clock) {
        this.current = current;
        this.store = store;
        this.parts = parts;
        this.owners = owners;
        this.holds = holds;
        this.clock = clock;
    }

    @RolesAllowed(Roles.VIEWER)
    public RetentionSetting setting() {
        return current.setting();
    }

    /// What the next run of the maintenance would drop if records were kept for so long. Changes nothing.
    @RolesAllowed(Roles.ADMIN)
    public Forecast forecast(Retention retention) {
        var deadline = clock.instant().plus(PATIENCE);
        return Forecast.of(
                retention,
                parts.parts(),
                holds.engaged(),
                OffsetDateTime.now(clock).plusHours(Maintenance.EVERY_HOURS),
                part -> owners.of(part, Duration.between(clock.instant(), deadline)));
    }

    /// From when this is done, parts are dropped by these terms and no others.
    ///
    /// @param expected entity tags, one of which has to be current; empty when the writer does not care
    /// @return empty when none of them is
    /// @throws ConflictException when the configuration file sets the retention
    @RolesAllowed(Roles.ADMIN)
    public Optional<RetentionSetting> change(RetentionOrder order, String actor, Set<String> expected) {
        if (current.ofFile().isPresent()) {
            throw new ConflictException(
                    "The configuration file sets the retention, by console.audit.retention or"
                            + " console.audit.organizations. Change it there, and start the console anew. Nothing was written.");
        }
        return store.change(order, actor, expected);
    }
}

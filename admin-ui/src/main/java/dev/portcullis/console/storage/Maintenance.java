package dev.portcullis.console.storage;

import dev.portcullis.console.ConsoleSettings;
import dev.portcullis.console.storage.query.HoldQuery;
import dev.portcullis.console.storage.query.PartQuery;
import dev.portcullis.console.storage.store.PartStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/// Makes parts of the trail ahead of time and drops those that are too old: at the start and every hour,
/// because what could not be done at one time, behind a long query or without the database, is done the
/// next. Of several consoles one works at a time.
@Component
public class Maintenance {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);
    private static final String ACTOR = "system";

    /// From the end of one run to the beginning of the next.
    static final int EVERY_HOURS = 1;

    private final StorageSettings settings;
    private final CurrentRetention retention;
    private final PartQuery parts;
    private final PartOwners owners;
    private final HoldQuery holds;
    private final PartStore store;
    private final Clock clock;

    Maintenance(
            ConsoleSettings settings,
            CurrentRetention retention,
            PartQuery parts,
            PartOwners owners,
            HoldQuery holds,
            PartStore store,
            Clock clock) {
        this.settings = settings.trail().storage();
        this.retention = retention;
        this.parts = parts;
        this.owners = owners;
        this.holds = holds;
        this.store = store;
        this.clock = clock;
    }

    @Configuration
    @EnableScheduling
    static class Timetable {}

    /// Never throws: what went wrong is logged, and tried again in an hour.
    @Scheduled(fixedDelay = EVERY_HOURS, timeUnit = TimeUnit.HOURS)
    public void run() {
        var now = OffsetDateTime.now(clock);
        attempt("make parts", () -> makeAhead(now));
        attempt("drop parts", () -> dropOld(now));
        attempt(
                "look at parts",
                () -> StorageReport.warnings(parts.parts(), now).forEach(LOG::warn));
    }

    private void makeAhead(OffsetDateTime now) {
        var today = now.withOffsetSameInstant(ZoneOffset.UTC).toLocalDate();
        store.make(settings.partitions(), settings.partitions().last(today))
                .forEach(name -> LOG.atInfo().addKeyValue("part", name).log("a part of the audit trail is made"));
    }

    private void dropOld(OffsetDateTime now) {
        var inForce = retention.setting().retention();
        var engaged = holds.engaged();
        for (var part : parts.parts()) {
            if (engaged.stream().noneMatch(part::isHeldBy) && isOver(part, inForce, now)) {
                attempt("drop " + part.name(), () -> drop(part, now));
            }
        }
    }

    private boolean isOver(Part part, Retention inForce, OffsetDateTime now) {
        return part.ends()
                .filter(ends -> inForce.mayBeOver(ends, now))
                .filter(ends -> inForce.isOverForAll(ends, now) || inForce.isOver(ends, owners.of(part), now))
                .isPresent();
    }

    private void drop(Part part, OffsetDateTime now) {
        owners.forget(part);
        store.drop(part, retention.ofFile(), now, ACTOR, "older than the retention")
                .ifPresent(records -> LOG.atInfo()
                        .addKeyValue("part", part.name())
                        .addKeyValue("records", records)
                        .log("a part of the audit trail is dropped"));
    }

    private static void attempt(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .setCause(e)
                    .addKeyValue("work", what)
                    .log("the audit trail is not maintained; in an hour again");
        }
    }
}

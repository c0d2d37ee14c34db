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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Makes parts of the trail ahead of time and drops those that are too old: at the start and every hour,
/// because what could not be done at one time, behind a long query or without the database, is done the
/// next. Of several consoles one works at a time.
@Component
public class Maintenance {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);
    private static final String ACTOR = "system";

    private final StorageSettings settings;
    private final PartQuery parts;
    private final HoldQuery holds;
    private final PartStore store;
    private final Clock clock;

    /// Whose records parts had when they were looked at, by the part's name.
    private final Map<String, List<Optional<String>>> owners = new ConcurrentHashMap<>();

    Maintenance(ConsoleSettings settings, PartQuery parts, HoldQuery holds, PartStore store, Clock clock) {
        this.settings = settings.trail().storage();
        this.parts = parts;
        this.holds = holds;
        this.store = store;
        this.clock = clock;
    }

    @Configuration
    @EnableScheduling
    static class Timetable {}

    /// Never throws: what went wrong is logged, and tried again in an hour.
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.HOURS)
    public void run() {
        var now = OffsetDateTime.now(clock);
        attempt("make parts", () -> makeAhead(now));
        attempt("drop parts", () -> dropOld(now));
        attempt(
                "look at parts",
                () -> StorageReport.of(settings, parts.parts(), List.of(), now)
                        .warnings()
                        .forEach(LOG::warn));
    }

    private void makeAhead(OffsetDateTime now) {
        var today = now.withOffsetSameInstant(ZoneOffset.UTC).toLocalDate();
        store.make(settings.partitions(), settings.partitions().last(today))
                .forEach(name -> LOG.atInfo().addKeyValue("part", name).log("a part of the audit trail is made"));
    }

    private void dropOld(OffsetDateTime now) {
        var engaged = holds.engaged();
        for (var part : parts.parts()) {
            if (engaged.stream().noneMatch(part::isHeldBy) && isOver(part, now)) {
                attempt("drop " + part.name(), () -> drop(part, now));
            }
        }
    }

    private boolean isOver(Part part, OffsetDateTime now) {
        var retention = settings.retention();
        return part.ends()
                .filter(ends -> retention.mayBeOver(ends, now))
                .filter(ends -> !retention.differs() || isOver(part, ends, now))
                .isPresent();
    }

    /// Finding out whose records a part has takes reading all of it. As long as somebody's among them are to be
    /// kept it does not matter who has come since; when nobody's are, it is looked at again under the lock.
    private boolean isOver(Part part, OffsetDateTime ends, OffsetDateTime now) {
        var known = owners.computeIfAbsent(part.name(), _ -> parts.organizations(part));
        return settings.retention().isOver(ends, known, now);
    }

    private void drop(Part part, OffsetDateTime now) {
        owners.remove(part.name());
        store.drop(part, terms(part, now), ACTOR, "older than the retention")
                .ifPresent(records -> LOG.atInfo()
                        .addKeyValue("part", part.name())
                        .addKeyValue("records", records)
                        .log("a part of the audit trail is dropped"));
    }

    private Optional<Predicate<List<Optional<String>>>> terms(Part part, OffsetDateTime now) {
        var retention = settings.retention();
        return part.ends().filter(_ -> retention.differs()).map(ends -> found -> retention.isOver(ends, found, now));
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

package dev.portcullis.console.events;

import dev.portcullis.console.events.store.AdminEventStore;
import jakarta.annotation.PreDestroy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Records what anybody can cause without being let in, in a way that nobody can fill the table with: what is new is
/// recorded at once, and what goes on is counted, and recorded once a minute. The detail `times` says how often.
///
/// Of each kind of event at most [#MOST] are told apart; all others are one. Safe for threads.
@Component
public class RepeatedEvents {
    public static final int MOST = 20;

    private static final Logger LOG = LoggerFactory.getLogger(RepeatedEvents.class);
    private static final String NOBODY = "unknown";

    private final AdminEventStore events;

    /// How many are not recorded yet, of those whom this minute has seen.
    private final Map<AdminEvent, Long> unrecorded = new HashMap<>();

    public RepeatedEvents(AdminEventStore events) {
        this.events = events;
    }

    /// @param event without `times`; one that is equal is the same again
    public void note(AdminEvent event) {
        var counted = count(event);
        if (counted.isNew()) {
            record(counted.as(), 1);
        }
    }

    /// Records those that were only counted.
    @PreDestroy
    @Scheduled(fixedDelay = 1, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
    public void recordCounted() {
        counted().forEach((event, times) -> {
            try {
                record(event, times);
            } catch (RuntimeException e) {
                LOG.atWarn().setCause(e).log("refused attempts cannot be recorded now");
            }
        });
    }

    private record Counted(AdminEvent as, boolean isNew) {}

    private synchronized Counted count(AdminEvent event) {
        var as = unrecorded.containsKey(event) || hasRoom(event) ? event : others(event);
        var isNew = !unrecorded.containsKey(as);
        unrecorded.merge(as, 1L, Long::sum);
        return new Counted(as, isNew);
    }

    private boolean hasRoom(AdminEvent event) {
        return unrecorded.keySet().stream()
                        .filter(known -> known.event().equals(event.event()))
                        .count()
                < MOST;
    }

    private static AdminEvent others(AdminEvent event) {
        return AdminEvent.of(NOBODY, event.event()).with(Map.of("address", "others"));
    }

    /// What was silent for a minute is new the next time.
    private synchronized Map<AdminEvent, Long> counted() {
        unrecorded.values().removeIf(times -> times <= 0);
        return Map.copyOf(unrecorded);
    }

    private void record(AdminEvent event, long times) {
        var detail = new TreeMap<>(event.detail());
        detail.put("times", Long.toString(times));
        events.append(event.with(detail));
        recorded(event, times);
    }

    private synchronized void recorded(AdminEvent event, long times) {
        unrecorded.computeIfPresent(event, (_, counted) -> counted - times);
    }
}

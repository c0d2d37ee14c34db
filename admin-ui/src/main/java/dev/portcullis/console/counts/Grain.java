package dev.portcullis.console.counts;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/// How fine counts are, and how long they stay that fine. Each call is counted in all of them.
public enum Grain {
    FIVE_MINUTES("5m", Duration.ofMinutes(5), Optional.of(Duration.ofDays(2))),
    HOUR("1h", Duration.ofHours(1), Optional.of(Duration.ofDays(35))),
    DAY("1d", Duration.ofDays(1), Optional.empty());

    private final String inDatabase;
    private final Duration length;
    private final Optional<Duration> kept;

    Grain(String inDatabase, Duration length, Optional<Duration> kept) {
        this.inDatabase = inDatabase;
        this.length = length;
        this.kept = kept;
    }

    public String inDatabase() {
        return inDatabase;
    }

    public Duration length() {
        return length;
    }

    /// From when on there are counts of it; absent when as far back as the trail goes.
    public Optional<OffsetDateTime> since(OffsetDateTime now) {
        return kept.map(now::minus);
    }

    /// Whether there are counts of it for the time from `from` on.
    boolean reaches(OffsetDateTime from, OffsetDateTime now) {
        return since(now).map(since -> !from.isBefore(since)).orElse(true);
    }

    /// The next one; the finest has none finer than itself.
    Grain finer() {
        return this == DAY ? HOUR : FIVE_MINUTES;
    }

    /// The coarsest first.
    static List<Grain> coarsestFirst() {
        return List.of(DAY, HOUR, FIVE_MINUTES);
    }
}

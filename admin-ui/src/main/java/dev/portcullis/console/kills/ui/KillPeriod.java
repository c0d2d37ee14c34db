package dev.portcullis.console.kills.ui;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How long a kill lasts when nobody releases it.
enum KillPeriod {
    UNTIL_RELEASED("When somebody releases it", Optional.empty()),
    QUARTER_HOUR("After 15 minutes", Optional.of(Duration.ofMinutes(15))),
    HOUR("After 1 hour", Optional.of(Duration.ofHours(1))),
    EIGHT_HOURS("After 8 hours", Optional.of(Duration.ofHours(8))),
    DAY("After 24 hours", Optional.of(Duration.ofDays(1))),
    AT("At a time…", Optional.empty());

    private final String label;
    private final Optional<Duration> length;

    KillPeriod(String label, Optional<Duration> length) {
        this.label = label;
        this.length = length;
    }

    String label() {
        return label;
    }

    Optional<Instant> end(Instant now) {
        return length.map(now::plus);
    }
}

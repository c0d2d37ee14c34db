package dev.portcullis.console.keys.ui;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/// How long a key is good when nobody revokes it.
enum KeyEnd {
    MONTH("In 30 days", 30),
    QUARTER("In 90 days", 90),
    YEAR("In 1 year", 365),
    NEVER("Never", 0);

    private final String label;
    private final int days;

    KeyEnd(String label, int days) {
        this.label = label;
        this.days = days;
    }

    String label() {
        return label;
    }

    Optional<OffsetDateTime> end(Instant now) {
        return days == 0
                ? Optional.empty()
                : Optional.of(now.plus(Duration.ofDays(days)).atOffset(ZoneOffset.UTC));
    }
}

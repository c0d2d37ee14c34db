package dev.portcullis.console.toolcalls.ui;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// How far back a list goes.
enum Period {
    QUARTER_HOUR("15m", "Last 15 minutes", Duration.ofMinutes(15)),
    HOUR("1h", "Last hour", Duration.ofHours(1)),
    DAY("24h", "Last 24 hours", Duration.ofDays(1)),
    WEEK("7d", "Last 7 days", Duration.ofDays(7)),
    MONTH("30d", "Last 30 days", Duration.ofDays(30));

    private final String inUrl;
    private final String label;
    private final Duration length;

    Period(String inUrl, String label, Duration length) {
        this.inUrl = inUrl;
        this.label = label;
        this.length = length;
    }

    static Optional<Period> named(String inUrl) {
        return Arrays.stream(values())
                .filter(period -> period.inUrl.equals(inUrl))
                .findFirst();
    }

    String inUrl() {
        return inUrl;
    }

    String label() {
        return label;
    }

    Duration length() {
        return length;
    }
}

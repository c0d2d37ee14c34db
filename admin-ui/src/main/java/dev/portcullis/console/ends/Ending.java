package dev.portcullis.console.ends;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Which of many things are asked for, by their end.
public enum Ending {
    ALL,
    /// Those that end within [End#SOON].
    EXPIRING,
    /// Those that are over.
    ENDED;

    /// Its name in URLs and in the REST API.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Ending> named(String wireName) {
        return Arrays.stream(values())
                .filter(ending -> ending.wireName().equals(wireName))
                .findFirst();
    }

    /// @throws IllegalArgumentException when there is no such one
    public static Ending wanted(Optional<String> wireName) {
        return wireName.map(name -> named(name)
                        .orElseThrow(() ->
                                new IllegalArgumentException("ends: " + name + " (expected: all, expiring or ended)")))
                .orElse(ALL);
    }

    /// Whether something with this end is among them.
    public boolean fits(Optional<OffsetDateTime> end, Instant now) {
        return switch (this) {
            case ALL -> true;
            case EXPIRING -> end.filter(at -> new End(at).isSoon(now)).isPresent();
            case ENDED -> end.filter(at -> new End(at).isOver(now)).isPresent();
        };
    }
}

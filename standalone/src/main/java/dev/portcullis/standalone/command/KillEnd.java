package dev.portcullis.standalone.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/// When a kill ends by itself: at a time, or after a while.
final class KillEnd {
    private static final Pattern WHILE = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "When it ends by itself, such as 2026-11-30T18:00:00Z.")
    private @Nullable OffsetDateTime until;

    @Option(names = "--for", paramLabel = "WHILE", description = "How long it lasts, such as 15m, 8h or 2d.")
    private @Nullable String length;

    /// @throws IllegalArgumentException when it is over already, or is no length of time
    Optional<Instant> at(Instant now) {
        var end = Optional.ofNullable(until)
                .map(OffsetDateTime::toInstant)
                .or(() -> Optional.ofNullable(length).map(text -> now.plus(duration(text))));
        end.filter(time -> !now.isBefore(time)).ifPresent(time -> {
            throw new IllegalArgumentException("--until " + time + " (expected: a time to come)");
        });
        return end;
    }

    private static Duration duration(String text) {
        var matcher = WHILE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("--for " + text + " (expected: a number and s, m, h or d, such as 15m)");
        }
        var number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}

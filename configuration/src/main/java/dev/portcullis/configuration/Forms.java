package dev.portcullis.configuration;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// How the values of settings are written. Every method is empty for a text that is none of its kind.
final class Forms {
    static final String DURATION_FORM = "a duration such as 500ms, 30s, 5m, 2h or 1d";
    static final String SIZE_FORM = "a size such as 4096, 512KiB or 10MiB";
    static final String ADDRESS_FORM = "host:port, such as 127.0.0.1:8080 or [::1]:8080";
    static final String HOST_FORM = "an IP address or a host name that resolves";

    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(\\[(?<six>[^]]+)]|(?<host>[^:]+)):(?<port>\\d{1,5})");
    private static final int HIGHEST_PORT = 65_535;

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(?<number>\\d{1,15}) ?(?<unit>[A-Za-z]*)");
    private static final Map<String, Duration> DURATION_UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Map<String, Long> SIZE_UNITS = Map.of(
            "", 1L,
            "b", 1L,
            "kb", 1_000L,
            "mb", 1_000_000L,
            "gb", 1_000_000_000L,
            "kib", 1L << 10,
            "mib", 1L << 20,
            "gib", 1L << 30);

    private Forms() {}

    /// `30s`, or ISO 8601 as `PT30S`.
    static Optional<Duration> duration(String text) {
        var parts = NUMBER_AND_UNIT.matcher(text);
        if (!parts.matches()) {
            return isoDuration(text);
        }
        try {
            return Optional.ofNullable(DURATION_UNITS.get(parts.group("unit")))
                    .map(unit -> unit.multipliedBy(Long.parseLong(parts.group("number"))));
        } catch (ArithmeticException tooLong) {
            return Optional.empty();
        }
    }

    /// Bytes; units in any case, powers of 1024 with an `i`.
    static Optional<Long> size(String text) {
        var parts = NUMBER_AND_UNIT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(SIZE_UNITS.get(parts.group("unit").toLowerCase(Locale.ROOT)))
                    .map(unit -> Math.multiplyExact(unit, Long.parseLong(parts.group("number"))));
        } catch (ArithmeticException tooLarge) {
            return Optional.empty();
        }
    }

    /// From `least` to `most`.
    static Optional<Integer> wholeNumber(String text, int least, int most) {
        try {
            return Optional.of(Integer.parseInt(text)).filter(number -> number >= least && number <= most);
        } catch (NumberFormatException notOne) {
            return Optional.empty();
        }
    }

    static Optional<Boolean> truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /// Asks the name service when `text` is not an address.
    static Optional<InetAddress> host(String text) {
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException unknown) {
            return Optional.empty();
        }
    }

    static Optional<InetSocketAddress> address(String text) {
        var parts = HOST_AND_PORT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var host = Optional.ofNullable(parts.group("six")).orElse(parts.group("host"));
        return wholeNumber(parts.group("port"), 0, HIGHEST_PORT)
                .flatMap(port -> host(host).map(resolved -> new InetSocketAddress(resolved, port)));
    }

    /// Separated by commas; spaces around them do not count.
    static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static Optional<Duration> isoDuration(String text) {
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeParseException notOne) {
            return Optional.empty();
        }
    }
}

package dev.portcullis.policy.document;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads the hours that a rule is about.
final class TimeReader {
    private static final Map<String, DayOfWeek> DAYS =
            Arrays.stream(DayOfWeek.values()).collect(Collectors.toMap(TimeWindow::nameOf, Function.identity()));
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm").withResolverStyle(ResolverStyle.STRICT);
    private static final String TIME_FORM = "a time of day such as 09:00 or 17:30";
    private static final String ZONE_FORM = "a time zone such as Europe/Berlin or UTC";
    private static final String END_OF_DAY = "24:00";

    private TimeReader() {}

    static Optional<TimeWindow> window(Place place) {
        return place.fields("days, from, to and zone", List.of("days", "from", "to", "zone"))
                .flatMap(fields -> {
                    if (fields.keys().stream().allMatch("zone"::equals)) {
                        place.problem(Shown.of(place.node()), "at least one of days, from, to", Optional.empty());
                        return Optional.empty();
                    }
                    var days = fields.optional("days").map(TimeReader::days);
                    var from = fields.optional("from").flatMap(TimeReader::time);
                    var to = fields.optional("to").flatMap(TimeReader::time);
                    var zone = fields.optional("zone").flatMap(TimeReader::zone).orElse(ZoneOffset.UTC);
                    if (from.isPresent() && from.equals(to)) {
                        place.problem(
                                to.get().toString(),
                                "another time than from; leave both out for whole days",
                                Optional.empty());
                        return Optional.empty();
                    }
                    return Optional.of(new TimeWindow(days, from, to, zone));
                });
    }

    private static Set<DayOfWeek> days(Place place) {
        var days = EnumSet.noneOf(DayOfWeek.class);
        days.addAll(place.items("a list of days", day -> day.oneOf(DAYS)));
        return days;
    }

    /// Midnight is the end of a day, too.
    private static Optional<LocalTime> time(Place place) {
        return place.string(TIME_FORM).flatMap(text -> {
            try {
                return Optional.of(text.equals(END_OF_DAY) ? LocalTime.MIDNIGHT : LocalTime.parse(text, TIME));
            } catch (DateTimeParseException e) {
                place.problem(text, TIME_FORM, Optional.of("0" + text).filter(TimeReader::isTime));
                return Optional.empty();
            }
        });
    }

    private static boolean isTime(String text) {
        try {
            return TIME.parse(text) != null;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static Optional<ZoneId> zone(Place place) {
        return place.string(ZONE_FORM).flatMap(text -> {
            try {
                return Optional.of(ZoneId.of(text));
            } catch (DateTimeException e) {
                place.problem(text, ZONE_FORM, Suggestion.of(text, ZoneId.getAvailableZoneIds()));
                return Optional.empty();
            }
        });
    }
}

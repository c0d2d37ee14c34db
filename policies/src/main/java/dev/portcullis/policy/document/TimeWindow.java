package dev.portcullis.policy.document;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Hours of a week, in a time zone. Hours are those that clocks on the wall show: where they are set
/// forward an hour is missing, where they are set back one counts twice.
///
/// A window whose end is not after its beginning goes on until the next day, and belongs to the day on
/// which it begins.
///
/// @param days the days; absent for all, and an empty set matches nothing
/// @param from the first moment of a day; midnight when absent
/// @param to the first moment that is outside again; midnight when absent
public record TimeWindow(Optional<Set<DayOfWeek>> days, Optional<LocalTime> from, Optional<LocalTime> to, ZoneId zone) {
    public TimeWindow {
        days = days.map(Set::copyOf);
        if (from.isPresent() && from.equals(to)) {
            throw new IllegalArgumentException("to: %s (expected: another time than from)".formatted(to.get()));
        }
    }

    public boolean contains(Instant moment) {
        var local = moment.atZone(zone);
        var time = local.toLocalTime();
        var today = local.getDayOfWeek();
        var begin = from.orElse(LocalTime.MIDNIGHT);
        var end = to.orElse(LocalTime.MIDNIGHT);
        if (begin.isBefore(end)) {
            return isOn(today) && !time.isBefore(begin) && time.isBefore(end);
        }
        return (isOn(today) && !time.isBefore(begin)) || (isOn(today.minus(1)) && time.isBefore(end));
    }

    /// The days as documents write them, from Monday on; empty when there are all of them.
    public List<String> dayNames() {
        return days.stream()
                .flatMap(all -> EnumSet.allOf(DayOfWeek.class).stream().filter(all::contains))
                .map(TimeWindow::nameOf)
                .toList();
    }

    static String nameOf(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    private boolean isOn(DayOfWeek day) {
        return days.map(all -> all.contains(day)).orElse(true);
    }

    @Override
    public String toString() {
        var text = new StringBuilder("{");
        days.ifPresent(all -> text.append("days: ").append(dayNames()).append(", "));
        from.ifPresent(time -> text.append("from: ").append(time).append(", "));
        to.ifPresent(time -> text.append("to: ").append(time).append(", "));
        return text.append("zone: ").append(zone).append('}').toString();
    }
}

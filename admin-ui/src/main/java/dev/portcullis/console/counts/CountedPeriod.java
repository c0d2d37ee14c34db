package dev.portcullis.console.counts;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A period that counts are known for, `[from, to)`, and the steps it is shown in. It begins and ends with a step, so
/// that what is counted is just what a list from `from` to `to` has.
///
/// @param step a number of days, hours or five minutes that a day is a multiple of, or that is a multiple of days
public record CountedPeriod(OffsetDateTime from, OffsetDateTime to, Duration step) {
    /// The longest period that may be asked for.
    public static final Duration LONGEST = Duration.ofDays(3_660);

    private static final int MOST_STEPS = 120;
    private static final List<Duration> STEPS = List.of(
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(6),
            Duration.ofDays(1),
            Duration.ofDays(7),
            Duration.ofDays(35));

    public CountedPeriod {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("from: " + from + " (expected: before " + to + ")");
        }
    }

    /// The shortest such period around `[from, to)`, in as many steps as one can still tell apart and as there are
    /// counts for.
    ///
    /// @throws IllegalArgumentException when `to` is not behind `from`, or the period is too long
    public static CountedPeriod around(OffsetDateTime from, OffsetDateTime to, OffsetDateTime now) {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("from: " + from + " (expected: before " + to + ")");
        }
        var length = Duration.between(from, to);
        if (length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "from: " + from + " (expected: at most " + LONGEST.toDays() + " days before " + to + ")");
        }
        var step = STEPS.stream()
                .filter(candidate -> length.compareTo(candidate.multipliedBy(MOST_STEPS)) <= 0)
                .filter(candidate -> grain(candidate).reaches(floor(from, candidate), now))
                .findFirst()
                .orElse(STEPS.getLast());
        return new CountedPeriod(floor(from, step), ceiling(to, step), step);
    }

    /// What one step is made of.
    public Grain grain() {
        return grain(step);
    }

    /// The beginning of each step.
    public List<OffsetDateTime> steps() {
        return Stream.iterate(from, to::isAfter, at -> at.plus(step)).toList();
    }

    /// Counts of one grain.
    public record Piece(Grain grain, OffsetDateTime from, OffsetDateTime to) {}

    /// The same period in the fewest counts: whole days, and at both ends what is left of hours and five minutes.
    public List<Piece> pieces() {
        var pieces = new ArrayList<Piece>();
        cover(from, to, Grain.DAY, pieces);
        return List.copyOf(pieces);
    }

    private void cover(OffsetDateTime start, OffsetDateTime end, Grain grain, List<Piece> pieces) {
        if (!start.isBefore(end)) {
            return;
        }
        if (grain.compareTo(grain()) <= 0) {
            pieces.add(new Piece(grain, start, end));
            return;
        }
        var first = ceiling(start, grain.length());
        var last = floor(end, grain.length());
        var finer = grain.finer();
        if (!first.isBefore(last)) {
            cover(start, end, finer, pieces);
            return;
        }
        cover(start, first, finer, pieces);
        pieces.add(new Piece(grain, first, last));
        cover(last, end, finer, pieces);
    }

    private static Grain grain(Duration step) {
        return Grain.coarsestFirst().stream()
                .filter(grain -> step.toSeconds() % grain.length().toSeconds() == 0)
                .findFirst()
                .orElseThrow();
    }

    private static OffsetDateTime floor(OffsetDateTime time, Duration step) {
        var seconds = step.toSeconds();
        return at(Math.floorDiv(time.toEpochSecond(), seconds) * seconds);
    }

    private static OffsetDateTime ceiling(OffsetDateTime time, Duration step) {
        var floor = floor(time, step);
        return floor.toInstant().equals(time.toInstant()) ? floor : floor.plus(step);
    }

    private static OffsetDateTime at(long epochSecond) {
        return Instant.ofEpochSecond(epochSecond).atOffset(ZoneOffset.UTC);
    }
}

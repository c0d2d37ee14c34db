package dev.portcullis.console.toolcalls.query;

import static dev.portcullis.database.audit.Tables.TOOL_CALLS;
import static org.jooq.impl.DSL.row;

import dev.portcullis.console.api.PageCursor;
import dev.portcullis.console.toolcalls.Stretch;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Walks the trail from the newest record to the oldest, one piece of time after the other, so that each
/// question is about one part and about so few records that it is answered soon, however rare what is
/// looked for may be.
///
/// The first piece is an hour; the next ones are longer or shorter by how long the last one took. Thread-safe.
@Component
public class TrailWalk {
    /// As long as it takes.
    public static final Duration PATIENT = Duration.ofDays(1);

    private static final Duration FIRST = Duration.ofHours(1);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofDays(365);
    private static final Duration QUICK = Duration.ofMillis(50);
    private static final Duration SLOW = Duration.ofMillis(250);
    private static final int GROWTH = 4;
    private static final Duration AROUND = Duration.ofMinutes(1);
    private static final int TIMED = 7;
    private static final int TIME_SHIFT = 16;
    private static final UUID LEAST = new UUID(0, 0);

    private final TrailBorders borders;
    private final Clock clock;

    public TrailWalk(TrailBorders borders, Clock clock) {
        this.borders = borders;
        this.clock = clock;
    }

    /// Reads records of a piece, newest first.
    public interface Step<T> {
        List<T> read(Condition piece, int limit);
    }

    /// @param from how far back, inclusive
    /// @param to the latest time, exclusive
    /// @param sparse whether few of the records may be wanted; otherwise pieces are as long as parts
    /// @param patience after which it stops where it is
    /// @param place of a record that was read
    record Route<T>(
            Optional<OffsetDateTime> from,
            Optional<OffsetDateTime> to,
            boolean sparse,
            Duration patience,
            Function<T, PageCursor> place) {}

    /// Up to `limit` of the newest records of all.
    public <T> List<T> newest(int limit, Function<T, PageCursor> place, Step<T> step) {
        var everything = new Route<>(Optional.empty(), Optional.empty(), false, PATIENT, place);
        return walk(everything, Optional.empty(), limit, step).items();
    }

    /// The record with this id. Its time stands in the id, or near it; for an id that does not tell, and for
    /// one that a clock made wrong, the parts are asked one after the other.
    <T> Optional<T> byId(UUID id, Function<Condition, Optional<T>> read) {
        var wanted = TOOL_CALLS.ID.eq(id);
        return near(id).flatMap(time -> read.apply(wanted.and(time))).or(() -> {
            var found = new ArrayList<T>();
            var everything = new Route<T>(
                    Optional.empty(), Optional.empty(), false, PATIENT, _ -> new PageCursor(OffsetDateTime.MIN, id));
            walk(everything, Optional.empty(), 1, (piece, _) -> {
                read.apply(wanted.and(piece)).ifPresent(found::add);
                return found;
            });
            return found.stream().findFirst();
        });
    }

    /// The time that an id of version 7 begins with, and some around it.
    private static Optional<Condition> near(UUID id) {
        if (id.version() != TIMED) {
            return Optional.empty();
        }
        var time =
                Instant.ofEpochMilli(id.getMostSignificantBits() >>> TIME_SHIFT).atOffset(ZoneOffset.UTC);
        return Optional.of(TOOL_CALLS.OCCURRED_AT.between(time.minus(AROUND), time.plus(AROUND)));
    }

    /// Up to `limit` records behind the cursor.
    <T> Stretch<T> walk(Route<T> route, Optional<PageCursor> after, int limit, Step<T> step) {
        var end = System.nanoTime() + route.patience().toNanos();
        var found = new ArrayList<T>();
        var width = FIRST;
        var upper = Upper.of(route.to(), after);
        while (true) {
            var began = System.nanoTime();
            var lower = lower(route, upper, width);
            found.addAll(step.read(piece(lower, upper), limit - found.size()));
            if (found.size() == limit) {
                return new Stretch<>(found, Optional.of(route.place().apply(found.getLast())));
            }
            if (lower.isEmpty() || lower.equals(route.from())) {
                return new Stretch<>(found, Optional.empty());
            }
            var reached = new PageCursor(lower.get(), LEAST);
            if (System.nanoTime() - end >= 0) {
                return new Stretch<>(found, Optional.of(reached));
            }
            upper = new Upper(lower, Optional.of(reached));
            width = next(width, Duration.ofNanos(System.nanoTime() - began));
        }
    }

    /// The end of a piece: before `to`, and behind the cursor.
    private record Upper(Optional<OffsetDateTime> to, Optional<PageCursor> after) {
        static Upper of(Optional<OffsetDateTime> to, Optional<PageCursor> after) {
            return new Upper(
                    to,
                    after.filter(cursor -> to.map(cursor.occurredAt()::isBefore).orElse(true)));
        }

        Optional<OffsetDateTime> time() {
            return after.map(PageCursor::occurredAt).or(() -> to);
        }
    }

    /// Nothing when the piece has no beginning.
    private Optional<OffsetDateTime> lower(Route<?> route, Upper upper, Duration width) {
        var now = OffsetDateTime.now(clock);
        var time = upper.time().filter(now::isAfter).orElse(now);
        var border = borders.before(time);
        var window = border.filter(_ -> route.sparse())
                .map(_ -> time.minus(width))
                .filter(start -> start.isAfter(border.get()));
        var lower = window.or(() -> border);
        return route.from()
                .filter(from -> lower.map(from::isAfter).orElse(true))
                .or(() -> lower);
    }

    private static Condition piece(Optional<OffsetDateTime> lower, Upper upper) {
        var piece = new ArrayList<Condition>();
        lower.map(TOOL_CALLS.OCCURRED_AT::ge).ifPresent(piece::add);
        upper.after()
                .ifPresentOrElse(
                        cursor -> {
                            // The second says nothing new, but only it tells the planner which parts are out of it.
                            piece.add(row(TOOL_CALLS.OCCURRED_AT, TOOL_CALLS.ID).lt(cursor.occurredAt(), cursor.id()));
                            piece.add(
                                    cursor.id().equals(LEAST)
                                            ? TOOL_CALLS.OCCURRED_AT.lt(cursor.occurredAt())
                                            : TOOL_CALLS.OCCURRED_AT.le(cursor.occurredAt()));
                        },
                        () -> upper.to().map(TOOL_CALLS.OCCURRED_AT::lt).ifPresent(piece::add));
        return DSL.and(piece);
    }

    private static Duration next(Duration width, Duration took) {
        if (took.compareTo(QUICK) < 0) {
            return width.compareTo(LONG) < 0 ? width.multipliedBy(GROWTH) : width;
        }
        var shorter = width.dividedBy(GROWTH);
        return took.compareTo(SLOW) > 0 && shorter.compareTo(SHORTEST) > 0 ? shorter : width;
    }
}

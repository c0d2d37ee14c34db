package dev.portcullis.console.toolcalls.query;

import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

/// Where the parts of the trail begin. A question about the time between two borders is answered by one
/// part, and by `exchanges_elsewhen` where there is none; planning it does not look at all the others.
///
/// They are remembered for a minute. Whoever asks with old ones still asks about all of the time, only of
/// more than one part at once. Thread-safe.
@Component
public class TrailBorders {
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final DSLContext sql;
    private final Clock clock;
    private volatile Known known = new Known(OffsetDateTime.MIN, List.of());

    public TrailBorders(DataSource database, Clock clock) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
        this.clock = clock;
    }

    private record Known(OffsetDateTime since, List<OffsetDateTime> ascending) {}

    /// The last border before `time`; nothing when no part begins before. There is no border in the future.
    Optional<OffsetDateTime> before(OffsetDateTime time) {
        return borders().reversed().stream()
                .filter(border -> border.isBefore(time))
                .findFirst();
    }

    /// The first border after `time`; nothing when no part begins after it that has begun.
    Optional<OffsetDateTime> after(OffsetDateTime time) {
        return borders().stream().filter(border -> border.isAfter(time)).findFirst();
    }

    private List<OffsetDateTime> borders() {
        var now = OffsetDateTime.now(clock);
        var current = known;
        if (current.since().isBefore(now.minus(REMEMBERED))) {
            current = new Known(
                    now,
                    sql.fetchValues("select starts from audit.parts() where starts <= now() order by starts").stream()
                            .map(OffsetDateTime.class::cast)
                            .toList());
            known = current;
        }
        return current.ascending();
    }
}

package dev.portcullis.console.sinks.store;

import static dev.portcullis.database.gateway.Tables.SINK_CURSORS;

import dev.portcullis.console.trail.Places;
import org.jooq.DSLContext;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// How far one sink was in every chain when this was read.
final class SinkCursors {
    private final Map<UUID, Cursor> cursors;

    /// @param sequence the last record that was acknowledged
    /// @param seen the highest record that was there
    private record Cursor(long sequence, long seen) {
        static final Cursor NONE = new Cursor(0, 0);
    }

    SinkCursors(DSLContext sql, String sink) {
        cursors = sql.select(SINK_CURSORS.CHAIN, SINK_CURSORS.SEQUENCE, SINK_CURSORS.SEEN)
                .from(SINK_CURSORS)
                .where(SINK_CURSORS.SINK.eq(sink))
                .fetchMap(SINK_CURSORS.CHAIN, row -> new Cursor(row.value2(), row.value3()));
    }

    long sequence(UUID chain) {
        return cursors.getOrDefault(chain, Cursor.NONE).sequence();
    }

    long seen(UUID chain) {
        return cursors.getOrDefault(chain, Cursor.NONE).seen();
    }

    /// Chains in which something was seen that is not acknowledged, and the highest of it.
    Map<UUID, Long> behind() {
        var behind = new TreeMap<UUID, Long>();
        cursors.forEach((chain, cursor) -> {
            if (cursor.sequence() < cursor.seen()) {
                behind.put(chain, cursor.seen());
            }
        });
        return behind;
    }

    /// The places in the chains of exchanges.
    Places places() {
        var places = new TreeMap<UUID, Long>();
        cursors.forEach((chain, cursor) -> Optional.of(cursor.sequence())
                .filter(sequence -> sequence > 0 && !chain.equals(AdminEventPlaces.CHAIN))
                .ifPresent(sequence -> places.put(chain, sequence)));
        return new Places(places);
    }
}

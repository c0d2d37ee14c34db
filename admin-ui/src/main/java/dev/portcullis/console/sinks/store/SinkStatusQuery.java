package dev.portcullis.console.sinks.store;

import static dev.portcullis.database.audit.Tables.TOOL_CALLS;
import static dev.portcullis.database.gateway.Tables.ADMIN_EVENT_PLACES;
import static dev.portcullis.database.gateway.Tables.SINKS;

import dev.portcullis.console.sinks.SinkSettings;
import dev.portcullis.console.sinks.SinkStatus;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

import javax.sql.DataSource;

/// Reads how a sink is doing.
@Repository
public class SinkStatusQuery {
    private final DSLContext sql;

    public SinkStatusQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// Empty for one that has not begun.
    public Optional<SinkStatus> of(SinkSettings sink) {
        return sql.transactionResult(transaction -> {
            var behind = behind(transaction.dsl(), sink);
            return transaction
                    .dsl()
                    .selectFrom(SINKS)
                    .where(SINKS.SINK.eq(sink.name()))
                    .fetchOptional(row -> new SinkStatus(
                            sink.name(),
                            sink.receiver() instanceof SinkSettings.Syslog ? "syslog" : "otlp",
                            sink.receiver().place(),
                            sink.only().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                            sink.arguments(),
                            row.getKnownSince(),
                            row.getAcknowledged(),
                            Optional.ofNullable(row.getAcknowledgedAt()),
                            behind.values().stream().mapToLong(Range::length).sum(),
                            oldest(transaction.dsl(), behind),
                            Optional.ofNullable(row.getFailingSince()),
                            Optional.ofNullable(row.getLastError())));
        });
    }

    /// Records of a chain that are to be sent.
    private record Range(long first, long last) {
        long length() {
            return last - first + 1;
        }
    }

    private static Map<UUID, Range> behind(DSLContext sql, SinkSettings sink) {
        var cursors = new SinkCursors(sql, sink.name());
        var behind = new TreeMap<UUID, Range>();
        new SinkChains(sql, sink.only()).heads().forEach((chain, head) -> {
            if (head > cursors.sequence(chain)) {
                behind.put(chain, new Range(cursors.sequence(chain) + 1, head));
            }
        });
        return behind;
    }

    private static Optional<OffsetDateTime> oldest(DSLContext sql, Map<UUID, Range> behind) {
        return behind.entrySet().stream()
                .flatMap(chain -> recorded(sql, chain.getKey(), chain.getValue().first()).stream())
                .min(Comparator.naturalOrder());
    }

    private static Optional<OffsetDateTime> recorded(DSLContext sql, UUID chain, long sequence) {
        if (chain.equals(AdminEventPlaces.CHAIN)) {
            return sql.select(ADMIN_EVENT_PLACES.OCCURRED_AT)
                    .from(ADMIN_EVENT_PLACES)
                    .where(ADMIN_EVENT_PLACES.PLACE.eq(sequence))
                    .fetchOptional(ADMIN_EVENT_PLACES.OCCURRED_AT);
        }
        return sql.select(TOOL_CALLS.OCCURRED_AT)
                .from(TOOL_CALLS)
                .where(TOOL_CALLS.CHAIN.eq(chain))
                .and(TOOL_CALLS.SEQUENCE.ge(sequence))
                .orderBy(TOOL_CALLS.SEQUENCE)
                .limit(1)
                .fetchOptional(TOOL_CALLS.OCCURRED_AT);
    }
}

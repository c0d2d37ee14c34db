package dev.portcullis.proxy.catalog;

import static dev.portcullis.database.gateway.Tables.TOOL_DEFINITIONS;

import dev.portcullis.policy.ListedTool;
import dev.portcullis.proxy.sync.Follower;
import dev.portcullis.proxy.sync.Revision;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/// Lets a replica know what others have seen: new definitions within a second, and every half a minute
/// which of them are still shown.
public final class CatalogFollower implements Follower {
    private static final Duration BETWEEN_READS = Duration.ofSeconds(30);

    /// Replicas write what they saw once a minute, and their clocks may differ.
    private static final Duration SLACK = Duration.ofMinutes(3);

    /// The newest are read first.
    private static final int MOST_ROWS = 50_000;

    private final ToolCatalog catalog;
    private final Clock clock;
    private final Revision revision = new Revision("tool_definitions");
    private OffsetDateTime readUpTo = OffsetDateTime.MIN;
    private Instant nextRead = Instant.MIN;

    public CatalogFollower(ToolCatalog catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    /// No exchange in flight has to be asked again.
    @Override
    public boolean look(Connection connection) {
        var sql = DSL.using(connection, SQLDialect.POSTGRES);
        if (!revision.ifChanged(sql, () -> read(sql)) && !clock.instant().isBefore(nextRead)) {
            read(sql);
        }
        return false;
    }

    @Override
    public String what() {
        return "the tool catalogue";
    }

    private void read(DSLContext sql) {
        var now = clock.instant();
        sql.select(
                        TOOL_DEFINITIONS.ROUTE,
                        TOOL_DEFINITIONS.TOOL,
                        TOOL_DEFINITIONS.DEFINITION,
                        TOOL_DEFINITIONS.READ_ONLY_HINT,
                        TOOL_DEFINITIONS.FIRST_SEEN_AT,
                        TOOL_DEFINITIONS.LAST_SEEN_AT)
                .from(TOOL_DEFINITIONS)
                .where(
                        readUpTo.equals(OffsetDateTime.MIN)
                                ? DSL.noCondition()
                                : TOOL_DEFINITIONS.LAST_SEEN_AT.ge(readUpTo))
                .orderBy(TOOL_DEFINITIONS.LAST_SEEN_AT.desc())
                .limit(MOST_ROWS)
                .forEach(row -> catalog.noted(
                        row.value1(),
                        new ListedTool(row.value2(), Optional.of(row.value3()), Optional.ofNullable(row.value4())),
                        row.value5().toInstant(),
                        row.value6().toInstant()));
        readUpTo = now.minus(SLACK).atOffset(ZoneOffset.UTC);
        nextRead = now.plus(BETWEEN_READS);
    }
}

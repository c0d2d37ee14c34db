package dev.portcullis.console.evaluation.query;

import static dev.portcullis.database.gateway.Tables.LIMIT_BUCKETS;

import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.springframework.stereotype.Repository;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Map;

import javax.sql.DataSource;

/// Reads the buckets of limits, and pays nothing.
@Repository
public class LimitQuery {
    private static final Field<OffsetDateTime> NOW = DSL.field("clock_timestamp()", SQLDataType.TIMESTAMPWITHTIMEZONE);

    private final DSLContext sql;

    public LimitQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// When a bucket will be full if nobody pays from it, and what the time was by the clock it goes by.
    public record Refill(Instant fullAt, Instant now) {}

    /// Those of the buckets that somebody has paid from lately, by their keys; others are full.
    public Map<String, Refill> refills(Collection<String> keys) {
        return sql.select(LIMIT_BUCKETS.KEY, LIMIT_BUCKETS.FULL_AT, NOW)
                .from(LIMIT_BUCKETS)
                .where(LIMIT_BUCKETS.KEY.in(keys))
                .fetchMap(
                        LIMIT_BUCKETS.KEY,
                        row -> new Refill(row.value2().toInstant(), row.value3().toInstant()));
    }
}

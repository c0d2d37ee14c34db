package dev.portcullis.console.counts.query;

import static dev.portcullis.database.gateway.Tables.CALL_COUNTS;
import static dev.portcullis.database.gateway.Tables.CALL_COUNT_CURSORS;
import static dev.portcullis.database.gateway.Tables.CALL_LATENCIES;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import dev.portcullis.console.counts.CountedPeriod;
import dev.portcullis.console.counts.Latencies;
import dev.portcullis.console.counts.NamedCount;
import dev.portcullis.console.counts.Subject;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record3;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import javax.sql.DataSource;

/// Reads counts. What it costs depends on the period and on how many names there are, and not on how many calls
/// there were.
@Repository
public class CallCountQuery {
    private static final Field<String> NAME = field(name("name"), String.class);
    private static final Field<String> OUTCOME = field(name("outcome"), String.class);
    private static final Field<Long> CALLS = field(name("calls"), Long.class);

    private final DSLContext sql;

    public CallCountQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// Calls by step and outcome; steps without any are left out.
    public Map<OffsetDateTime, Map<String, Long>> series(CountedPeriod period) {
        var step = step(period, CALL_COUNTS.AT);
        var series = new TreeMap<OffsetDateTime, Map<String, Long>>();
        sql.select(step, CALL_COUNTS.OUTCOME, calls())
                .from(CALL_COUNTS)
                .where(CALL_COUNTS.SUBJECT.eq(Subject.ALL.inDatabase()))
                .and(CALL_COUNTS.GRAIN.eq(period.grain().inDatabase()))
                .and(CALL_COUNTS.AT.ge(period.from()))
                .and(CALL_COUNTS.AT.lt(period.to()))
                .groupBy(step, CALL_COUNTS.OUTCOME)
                .forEach(row -> series.computeIfAbsent(row.value1(), _ -> new TreeMap<>())
                        .put(row.value2(), row.value3()));
        return series;
    }

    /// Latencies by step; steps without any are left out.
    public Map<OffsetDateTime, Latencies> latencies(CountedPeriod period) {
        var step = step(period, CALL_LATENCIES.AT);
        var buckets = new TreeMap<OffsetDateTime, Map<Integer, Long>>();
        sql.select(step, CALL_LATENCIES.BUCKET, sum(CALL_LATENCIES.CALLS).coerce(Long.class))
                .from(CALL_LATENCIES)
                .where(CALL_LATENCIES.GRAIN.eq(period.grain().inDatabase()))
                .and(CALL_LATENCIES.AT.ge(period.from()))
                .and(CALL_LATENCIES.AT.lt(period.to()))
                .groupBy(step, CALL_LATENCIES.BUCKET)
                .forEach(row -> buckets.computeIfAbsent(row.value1(), _ -> new TreeMap<>())
                        .put(row.value2().intValue(), row.value3()));
        var latencies = new TreeMap<OffsetDateTime, Latencies>();
        buckets.forEach((at, calls) -> latencies.put(at, new Latencies(calls)));
        return latencies;
    }

    /// The names with the most calls, the most first.
    ///
    /// @param refusals outcomes that count as refusals
    /// @param errors outcomes that count as errors
    public List<NamedCount> top(
            Subject subject, CountedPeriod period, Collection<String> refusals, Collection<String> errors, int limit) {
        var counted = pieces(subject, period).asTable("counted");
        var total = sum(CALLS).coerce(Long.class);
        return sql.select(NAME, total, calls(refusals), calls(errors))
                .from(counted)
                .groupBy(NAME)
                .orderBy(total.desc(), NAME)
                .limit(limit)
                .fetch(row -> new NamedCount(row.value1(), row.value2(), row.value3(), row.value4()));
    }

    /// How many records are not counted yet, as far as somebody has looked.
    public long waiting() {
        return sql.select(coalesce(sum(CALL_COUNT_CURSORS.SEEN.minus(CALL_COUNT_CURSORS.SEQUENCE)), inline(0))
                        .coerce(Long.class))
                .from(CALL_COUNT_CURSORS)
                .fetchSingle()
                .value1();
    }

    /// Whether there is any record in any chain that somebody has looked at.
    public boolean isBegun() {
        return sql.fetchExists(CALL_COUNT_CURSORS);
    }

    /// Each along the index and one after the other: as alternatives of one condition, each row of one was compared
    /// with
    /// all of them.
    private static Select<Record3<String, String, Long>> pieces(Subject subject, CountedPeriod period) {
        return period.pieces().stream()
                .<Select<Record3<String, String, Long>>>map(
                        piece -> select(CALL_COUNTS.NAME, CALL_COUNTS.OUTCOME, CALL_COUNTS.CALLS)
                                .from(CALL_COUNTS)
                                .where(CALL_COUNTS.SUBJECT.eq(inline(subject.inDatabase())))
                                .and(CALL_COUNTS.GRAIN.eq(inline(piece.grain().inDatabase())))
                                .and(CALL_COUNTS.AT.ge(piece.from()))
                                .and(CALL_COUNTS.AT.lt(piece.to())))
                .reduce(Select::unionAll)
                .orElseThrow();
    }

    private static Field<Long> calls() {
        return sum(CALL_COUNTS.CALLS).coerce(Long.class);
    }

    private static Field<Long> calls(Collection<String> outcomes) {
        return sum(when(OUTCOME.in(outcomes), CALLS).otherwise(0L)).coerce(Long.class);
    }

    /// Steps are counted from the epoch, as [CountedPeriod] does.
    private static Field<OffsetDateTime> step(CountedPeriod period, Field<OffsetDateTime> at) {
        return field(
                "date_bin({0}, {1}, {2})",
                OffsetDateTime.class,
                inline(period.step().toSeconds() + " seconds").cast(org.jooq.impl.SQLDataType.INTERVAL),
                at,
                inline("1970-01-01T00:00:00Z").cast(org.jooq.impl.SQLDataType.TIMESTAMPWITHTIMEZONE));
    }
}

package dev.portcullis.console.evidence.query;

import dev.portcullis.console.evidence.EvidencePeriod;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import javax.sql.DataSource;

/// Takes samples of the calls of a period, along indexes: the same calls whoever asks, and whenever.
@Repository
public class SampleQuery {
    /// Into how many slots of equal length a period is divided; the sample has the first call of each.
    public static final int SLOTS = 500;
    /// How many calls of each decision other than allowed are taken, the newest.
    public static final int REFUSALS = 10_000;
    /// What is not allowed.
    public static final List<String> REFUSED = List.of("denied", "undecided", "none");

    private static final int PAGE = 200;
    private static final String CALL = "to_jsonb(t)";
    private static final String CALL_WITHOUT_PAYLOAD =
            "to_jsonb(t) - array['arguments', 'arguments_digest', 'result', 'policy_facts']";

    private final DSLContext sql;

    public SampleQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// The first call of each slot that has any, oldest first, as JSON with the columns of `audit.tool_calls`.
    public void calls(EvidencePeriod period, boolean payloads, Consumer<String> reader) {
        var length = Duration.between(period.from(), period.to());
        for (int slot = 0; slot < SLOTS; slot++) {
            var begin = period.from().plus(length.multipliedBy(slot).dividedBy(SLOTS));
            var end = period.from().plus(length.multipliedBy(slot + 1).dividedBy(SLOTS));
            sql.fetchOptional(
                            "select (" + (payloads ? CALL : CALL_WITHOUT_PAYLOAD)
                                    + ")::text from audit.tool_calls t where t.occurred_at >= ?::timestamptz and t.occurred_at < ?::timestamptz"
                                    + " order by t.occurred_at, t.id limit 1",
                            begin,
                            end)
                    .ifPresent(row -> reader.accept(row.get(0, String.class)));
        }
    }

    /// What was not allowed, decision by decision, the newest first.
    public void refusals(EvidencePeriod period, boolean payloads, Consumer<String> reader) {
        for (var decision : REFUSED) {
            Optional<Record> last = Optional.empty();
            for (int taken = 0; taken < REFUSALS; taken += PAGE) {
                var page = page(period, decision, payloads, last);
                page.forEach(row -> reader.accept(row.get(2, String.class)));
                if (page.size() < PAGE) {
                    break;
                }
                last = Optional.of(page.getLast());
            }
        }
    }

    private List<Record> page(EvidencePeriod period, String decision, boolean payloads, Optional<Record> after) {
        var until = after.map(row -> row.get(0, OffsetDateTime.class)).orElse(period.to());
        return List.copyOf(sql.fetch(
                "select t.occurred_at, t.id, (" + (payloads ? CALL : CALL_WITHOUT_PAYLOAD)
                        + ")::text from audit.tool_calls t where t.decision = " + DSL.inline(decision)
                        + " and t.occurred_at >= ?::timestamptz and t.occurred_at "
                        + (after.isPresent()
                                ? "<= ?::timestamptz and (t.occurred_at, t.id) < (?::timestamptz, ?::uuid)"
                                : "< ?::timestamptz")
                        + " order by t.occurred_at desc, t.id desc limit " + PAGE,
                after.isPresent()
                        ? new Object[] {period.from(), until, until, after.get().get(1, UUID.class)}
                        : new Object[] {period.from(), until}));
    }
}

package dev.portcullis.console.trail.query;

import static dev.portcullis.database.audit.Tables.TOOL_CALLS;
import static java.util.stream.Collectors.toMap;

import dev.portcullis.console.toolcalls.query.ToolCallQuery;
import dev.portcullis.console.trail.PlacedCall;
import dev.portcullis.console.trail.Places;
import dev.portcullis.console.trail.Portion;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import javax.sql.DataSource;

/// Reads exchanges in the order of their chains. What has no place in a chain, because an older version
/// wrote it, is not seen here.
@Repository
public class TrailQuery {
    /// From one chain to the next along the index, so that the cost is that of the chains and not of their
    /// records.
    static final String ENDS = """
            with recursive chains (chain) as (
                (select chain from audit.exchanges where chain is not null order by chain limit 1)
                union all
                select (select e.chain from audit.exchanges e where e.chain > c.chain order by e.chain limit 1)
                from chains c where c.chain is not null)
            select c.chain,
                   (select e.sequence from audit.exchanges e where e.chain = c.chain order by e.sequence %s limit 1)
            from chains c where c.chain is not null""";

    private static final int ROWS_AT_ONCE = 100;

    /// Results stay here.
    private static final Set<Field<?>> RESULT = Set.of(TOOL_CALLS.RESULT);

    /// Nobody who may not see arguments sees their digest, on which short ones could be tried out.
    private static final Set<Field<?>> ARGUMENTS_AND_RESULT =
            Set.of(TOOL_CALLS.RESULT, TOOL_CALLS.ARGUMENTS, TOOL_CALLS.ARGUMENTS_DIGEST);

    private final DSLContext sql;

    public TrailQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// The last record of every chain.
    public Places heads() {
        return heads(sql);
    }

    /// The same in a transaction.
    public static Places heads(DSLContext transaction) {
        return new Places(ends(transaction, "desc"));
    }

    /// The place before the first record of every chain that is still there.
    public static Map<UUID, Long> beforeFirst(DSLContext transaction) {
        var places = new TreeMap<UUID, Long>();
        ends(transaction, "asc").forEach((chain, first) -> places.put(chain, first - 1));
        return places;
    }

    private static Map<UUID, Long> ends(DSLContext sql, String direction) {
        return sql.fetch(ENDS.formatted(direction)).stream()
                .collect(toMap(row -> row.get(0, UUID.class), row -> row.get(1, Long.class)));
    }

    /// Records behind `places`, up to `heads`, in order within each chain. Each chain has a share of the records
    /// and of the bytes, and what one leaves is for those after it. Which one begins is by chance: where there is
    /// not enough for all of them, or the first record of one cannot be dealt with, the others have their turn,
    /// too.
    public List<PlacedCall> after(Places places, Places heads, Portion portion) {
        return sql.transactionResult(transaction -> after(transaction.dsl(), places, heads, portion));
    }

    /// The same in a transaction, without which the driver would read all at once.
    public static List<PlacedCall> after(DSLContext transaction, Places places, Places heads, Portion portion) {
        var behind = new ArrayList<>(heads.sequences().keySet());
        behind.removeIf(chain -> heads.of(chain) <= places.of(chain));
        Collections.shuffle(behind, ThreadLocalRandom.current());
        var calls = new ArrayList<PlacedCall>();
        var left = portion.bytes();
        for (var i = 0; i < behind.size() && calls.size() < portion.records() && left > 0; i++) {
            var chains = behind.size() - i;
            var share = new Portion(
                    Math.ceilDiv(portion.records() - calls.size(), chains),
                    Math.ceilDiv(left, chains),
                    portion.arguments());
            left -= read(transaction, behind.get(i), places, heads, share, calls);
        }
        return calls;
    }

    /// @return how many bytes were read
    private static long read(
            DSLContext transaction, UUID chain, Places places, Places heads, Portion share, List<PlacedCall> calls) {
        var bytes = 0L;
        try (var rows = transaction
                .select(ToolCallQuery.columnsWithout(share.arguments() ? RESULT : ARGUMENTS_AND_RESULT))
                .from(TOOL_CALLS)
                .where(TOOL_CALLS.CHAIN.eq(chain))
                .and(TOOL_CALLS.SEQUENCE.gt(places.of(chain)))
                .and(TOOL_CALLS.SEQUENCE.le(heads.of(chain)))
                .orderBy(TOOL_CALLS.SEQUENCE)
                .limit(share.records())
                .fetchSize(ROWS_AT_ONCE)
                .fetchLazy()) {
            for (var row : rows) {
                calls.add(new PlacedCall(chain, row.get(TOOL_CALLS.SEQUENCE), ToolCallQuery.toolCall(row)));
                bytes += ToolCallQuery.payload(row);
                if (bytes >= share.bytes()) {
                    break;
                }
            }
        }
        return bytes;
    }
}

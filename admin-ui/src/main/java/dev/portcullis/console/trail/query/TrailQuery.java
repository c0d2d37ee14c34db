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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

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

    /// Records behind `places`, up to `heads`, in order within each chain. Chains take turns, so that one
    /// that is far behind does not hold up the others.
    public List<PlacedCall> after(Places places, Places heads, Portion portion) {
        return sql.transactionResult(transaction -> after(transaction.dsl(), places, heads, portion));
    }

    /// The same in a transaction, without which the driver would read all at once.
    public static List<PlacedCall> after(DSLContext transaction, Places places, Places heads, Portion portion) {
        var behind = heads.sequences().keySet().stream()
                .filter(chain -> heads.of(chain) > places.of(chain))
                .sorted()
                .toList();
        var calls = new ArrayList<PlacedCall>();
        var left = portion.bytes();
        for (var i = 0; i < behind.size() && calls.size() < portion.records() && left > 0; i++) {
            var share = Math.ceilDiv(portion.records() - calls.size(), behind.size() - i);
            left = read(transaction, behind.get(i), places, heads, portion.atMost(share), left, calls);
        }
        return calls;
    }

    /// @param left how many bytes may be read
    /// @return how many are left
    private static long read(
            DSLContext transaction,
            UUID chain,
            Places places,
            Places heads,
            Portion portion,
            long left,
            List<PlacedCall> calls) {
        var remaining = left;
        try (var rows = transaction
                .select(ToolCallQuery.columnsWithout(portion.arguments() ? RESULT : ARGUMENTS_AND_RESULT))
                .from(TOOL_CALLS)
                .where(TOOL_CALLS.CHAIN.eq(chain))
                .and(TOOL_CALLS.SEQUENCE.gt(places.of(chain)))
                .and(TOOL_CALLS.SEQUENCE.le(heads.of(chain)))
                .orderBy(TOOL_CALLS.SEQUENCE)
                .limit(portion.records())
                .fetchSize(ROWS_AT_ONCE)
                .fetchLazy()) {
            for (var row : rows) {
                calls.add(new PlacedCall(chain, row.get(TOOL_CALLS.SEQUENCE), ToolCallQuery.toolCall(row)));
                remaining -= ToolCallQuery.payload(row);
                if (remaining <= 0) {
                    return 0;
                }
            }
        }
        return remaining;
    }
}

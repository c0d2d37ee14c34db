package dev.portcullis.console.evidence.query;

import dev.portcullis.console.evidence.EvidencePeriod;
import dev.portcullis.ledger.Anchored;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import javax.sql.DataSource;

/// Reads which checkpoints of a period were kept outside of the database, as the replicas have noted.
@Repository
public class AnchorQuery {
    private static final int PAGE = 500;

    private final DSLContext sql;

    public AnchorQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// One line for each, in the order in which the trail has the checkpoints. Those of chains that are gone come
    /// first, so
    /// that nobody overlooks them.
    public void anchored(EvidencePeriod period, Consumer<String> reader) {
        for (var chain : chains(period)) {
            var last = Optional.<Record>empty();
            List<Record> page;
            do {
                page = page(period, chain, last);
                page.forEach(row -> reader.accept(line(row)));
                last = page.isEmpty() ? last : Optional.of(page.getLast());
            } while (page.size() == PAGE);
        }
    }

    private List<UUID> chains(EvidencePeriod period) {
        return sql.fetch("""
                        select a.chain from (select distinct chain from audit.anchorings
                                             where made_at >= ?::timestamptz and made_at < ?::timestamptz) a
                        left join audit.chains c on c.chain = a.chain
                        order by c.started_at nulls first, a.chain""", period.from(), period.to()).getValues(0, UUID.class);
    }

    private List<Record> page(EvidencePeriod period, UUID chain, Optional<Record> after) {
        var binds = new ArrayList<Object>(List.of(chain, period.from(), period.to()));
        after.ifPresent(row -> binds.addAll(List.of(row.get(3, Long.class), row.get(0, String.class))));
        return List.copyOf(sql.fetch(
                "select place, anchored_at, checkpoint, sequence from audit.anchorings"
                        + " where chain = ?::uuid and made_at >= ?::timestamptz and made_at < ?::timestamptz"
                        + (after.isPresent() ? " and (sequence, place) > (?, ?)" : "")
                        + " order by sequence, place limit " + PAGE,
                binds.toArray()));
    }

    private static String line(Record row) {
        return new Anchored(
                        row.get(0, String.class),
                        row.get(1, OffsetDateTime.class).toInstant(),
                        row.get(2, String.class))
                .json();
    }
}

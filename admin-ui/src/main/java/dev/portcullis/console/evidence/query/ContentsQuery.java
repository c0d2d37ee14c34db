package dev.portcullis.console.evidence.query;

import dev.portcullis.console.evidence.EvidenceContents;
import dev.portcullis.console.evidence.EvidenceContents.Bounded;
import dev.portcullis.console.evidence.EvidencePeriod;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import javax.sql.DataSource;

/// Counts what an archive will have, along indexes and never further than a bound.
@Repository
public class ContentsQuery {
    private static final int MOST = 10_000;

    private final DSLContext sql;

    public ContentsQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    public EvidenceContents contents(EvidencePeriod period) {
        var from = period.from();
        var to = period.to();
        var calls =
                count("audit.exchanges where occurred_at >= ?::timestamptz and occurred_at < ?::timestamptz", from, to);
        return new EvidenceContents(
                count(
                        "gateway.policy_versions where published_at < ?::timestamptz and version >= coalesce((select max(version)"
                                + " from gateway.policy_versions where published_at <= ?::timestamptz), 0)",
                        to,
                        from),
                count(
                        "gateway.kills where engaged_at < ?::timestamptz and coalesce(released_at, 'infinity') >= ?::timestamptz"
                                + " and coalesce(until, 'infinity') >= ?::timestamptz",
                        to,
                        from,
                        from),
                count(
                        "audit.admin_events where occurred_at >= ?::timestamptz and occurred_at < ?::timestamptz",
                        from,
                        to),
                calls,
                Math.min(calls.count(), SampleQuery.SLOTS),
                count(
                        "audit.exchanges where decision <> 'allowed' and occurred_at >= ?::timestamptz and occurred_at < ?::timestamptz",
                        from,
                        to),
                count("audit.checkpoints where made_at >= ?::timestamptz and made_at < ?::timestamptz", from, to),
                count(
                        "audit.cuts where boundary > ?::timestamptz and boundary <= ?::timestamptz + interval '31 days'",
                        from,
                        to));
    }

    private Bounded count(String rows, Object... binds) {
        var counted = sql.fetchSingle(
                        "select count(*) from (select 1 from " + rows + " limit " + (MOST + 1) + ") seen", binds)
                .get(0, Long.class);
        return new Bounded(Math.min(counted, MOST), counted > MOST);
    }
}

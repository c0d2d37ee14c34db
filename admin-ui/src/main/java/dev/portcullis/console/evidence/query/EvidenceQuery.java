package dev.portcullis.console.evidence.query;

import dev.portcullis.console.evidence.EvidencePeriod;
import dev.portcullis.console.evidence.PolicyEvidence;
import dev.portcullis.ledger.DatabaseExcerpt;
import dev.portcullis.ledger.Subject;
import dev.portcullis.ledger.Trail;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import javax.sql.DataSource;

/// Reads what is in force and done in a period, a row as one JSON object with all of its columns: what a later
/// version adds to a table is in its evidence, too.
@Repository
public class EvidenceQuery {
    private static final int MOST = 10_000;

    private final DataSource database;
    private final DSLContext sql;

    public EvidenceQuery(DataSource database) {
        this.database = database;
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// The numbers of the versions in force, oldest first: the one that was when the period began, and those published
    /// in it.
    public List<Long> versions(EvidencePeriod period) {
        return sql.fetch("""
                        select version from gateway.policy_versions
                        where published_at < ?::timestamptz
                          and version >= coalesce((select max(version) from gateway.policy_versions
                                                   where published_at <= ?::timestamptz), 0)
                        order by version limit %d""".formatted(MOST), period.to(), period.from()).getValues(0, Long.class);
    }

    public Optional<PolicyEvidence> version(long version) {
        return sql.fetchOptional("""
                        select (to_jsonb(v) - array['document', 'modules', 'compiled_modules'])::text, v.document,
                               (select before.document from gateway.policy_versions before
                                where before.version < v.version order by before.version desc limit 1),
                               v.modules::text
                        from gateway.policy_versions v where v.version = ?""", version)
                .map(row -> new PolicyEvidence(
                        version,
                        row.get(0, String.class),
                        row.get(1, String.class),
                        Optional.ofNullable(row.get(2, String.class)),
                        row.get(3, String.class)));
    }

    /// Kills that stopped something in the period, each with the replicas that obeyed it, oldest first.
    public List<String> kills(EvidencePeriod period) {
        return lines("""
                select (to_jsonb(k) || jsonb_build_object('acknowledgements', (
                           select coalesce(jsonb_agg(to_jsonb(a) - 'kill' order by a.obeyed_at, a.replica), '[]')
                           from gateway.kill_acknowledgements a where a.kill = k.id)))::text
                from gateway.kills k
                where k.engaged_at < ?::timestamptz and coalesce(k.released_at, 'infinity') >= ?::timestamptz and coalesce(k.until, 'infinity') >= ?::timestamptz
                order by k.engaged_at, k.id limit %d""", period.to(), period.from(), period.from());
    }

    /// What retention dropped of the period, or in it.
    public List<String> cuts(EvidencePeriod period) {
        return lines("""
                select to_jsonb(c)::text from audit.cuts c
                where (c.boundary > ?::timestamptz and c.boundary <= ?::timestamptz + interval '31 days')
                   or (c.dropped_at >= ?::timestamptz and c.dropped_at < ?::timestamptz)
                order by c.id limit %d""", period.from(), period.to(), period.from(), period.to());
    }

    /// Legal holds that kept something in the period.
    public List<String> holds(EvidencePeriod period) {
        return lines("""
                select to_jsonb(h)::text from gateway.legal_holds h
                where h.placed_at < ?::timestamptz and coalesce(h.released_at, 'infinity') >= ?::timestamptz
                order by h.placed_at, h.id limit %d""", period.to(), period.from());
    }

    private List<String> lines(String statement, Object... binds) {
        return sql.fetch(statement.formatted(MOST), binds).getValues(0, String.class);
    }

    /// The public keys of those who sign: id, and X.509 form.
    public List<byte[]> publicKeys() {
        return sql.fetch("select public_key from audit.signing_keys order by key_id limit " + MOST)
                .getValues(0, byte[].class);
    }

    /// The trail of the period: admin events whole, of exchanges what was signed, or all.
    public Trail trail(EvidencePeriod period, boolean exchanges) {
        return excerpt(period, exchanges ? EnumSet.allOf(Subject.class) : EnumSet.of(Subject.ADMIN_EVENT));
    }

    /// What was signed of the period.
    public Trail signed(EvidencePeriod period) {
        return excerpt(period, EnumSet.noneOf(Subject.class));
    }

    private Trail excerpt(EvidencePeriod period, Set<Subject> records) {
        return new DatabaseExcerpt(
                database, period.from().toInstant(), period.to().toInstant(), records);
    }
}

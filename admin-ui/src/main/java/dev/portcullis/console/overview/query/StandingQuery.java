package dev.portcullis.console.overview.query;

import static dev.portcullis.database.gateway.Tables.POLICY_VERSIONS;
import static org.jooq.Records.mapping;

import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

/// Reads which version is in force, without its text, and whose records are not signed.
@Repository
public class StandingQuery {
    /// The newest chain of each replica that is heard of, and its first record behind its last checkpoint. What a
    /// replica that is gone has left unsigned stays so, and is for verification to tell.
    private static final String UNSIGNED = """
            select replica.replica, first.at
            from gateway.replicas replica
            cross join lateral (
                select c.chain, c.sequence from audit.chains c
                where c.replica = replica.replica and c.subject = 'exchange' order by c.started_at desc limit 1) chain
            left join lateral (
                select p.sequence from audit.checkpoints p where p.chain = chain.chain order by p.sequence desc limit 1)
                signed on true
            cross join lateral (
                select coalesce(e.completed_at, e.occurred_at) as at from audit.exchanges e
                where e.chain = chain.chain and e.sequence > coalesce(signed.sequence, 0) order by e.sequence limit 1) first
            where replica.heartbeat_at > ?::timestamptz and chain.sequence > coalesce(signed.sequence, 0)
            order by replica.replica
            """;

    private final DSLContext sql;

    public StandingQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// @param at when it was published
    public record Version(long number, OffsetDateTime at) {}

    /// The version in force.
    public Optional<Version> published() {
        return sql.select(POLICY_VERSIONS.VERSION, POLICY_VERSIONS.PUBLISHED_AT)
                .from(POLICY_VERSIONS)
                .orderBy(POLICY_VERSIONS.VERSION.desc())
                .limit(1)
                .fetchOptional(mapping(Version::new));
    }

    /// @param since when the first record was made that has no checkpoint
    public record Unsigned(String replica, OffsetDateTime since) {}

    /// Replicas heard of since `alive` that have records without a checkpoint.
    public List<Unsigned> unsigned(OffsetDateTime alive) {
        return sql.fetch(UNSIGNED, alive)
                .map(row -> new Unsigned(row.get("replica", String.class), row.get("at", OffsetDateTime.class)));
    }
}

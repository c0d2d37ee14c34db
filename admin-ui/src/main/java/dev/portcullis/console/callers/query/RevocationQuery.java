package dev.portcullis.console.callers.query;

import static dev.portcullis.database.gateway.Tables.REVOCATIONS;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.noCondition;

import dev.portcullis.console.callers.Revocation;
import dev.portcullis.console.callers.RevocationOrder;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import javax.sql.DataSource;

/// Reads revocations, the newest first.
@Repository
public class RevocationQuery {
    private final DSLContext sql;

    public RevocationQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    public List<Revocation> list(boolean all, int limit, Instant now) {
        return fetch(all ? noCondition() : isInForce(now), limit);
    }

    public Optional<Revocation> byId(UUID id) {
        return fetch(REVOCATIONS.ID.eq(id), 1).stream().findFirst();
    }

    /// The newest of this subject that is in force.
    public Optional<Revocation> inForce(RevocationOrder.Kind kind, String subject, Instant now) {
        return fetch(
                        REVOCATIONS
                                .KIND
                                .eq(kind.wireName())
                                .and(REVOCATIONS.SUBJECT.eq(subject))
                                .and(isInForce(now)),
                        1)
                .stream()
                .findFirst();
    }

    public int countInForce(Instant now) {
        return sql.fetchCount(REVOCATIONS, isInForce(now));
    }

    static Condition isInForce(Instant now) {
        return REVOCATIONS
                .LIFTED_AT
                .isNull()
                .and(REVOCATIONS.ENDS_AT.gt(OffsetDateTime.ofInstant(now, ZoneOffset.UTC)));
    }

    private List<Revocation> fetch(Condition condition, int limit) {
        return sql.select(
                        REVOCATIONS.ID,
                        REVOCATIONS.KIND.convertFrom(
                                kind -> RevocationOrder.Kind.named(kind).orElseThrow()),
                        REVOCATIONS.SUBJECT,
                        REVOCATIONS.REASON,
                        REVOCATIONS.REVOKED_BY,
                        REVOCATIONS.REVOKED_AT,
                        REVOCATIONS.ENDS_AT,
                        REVOCATIONS.LIFTED_BY.convertFrom(Optional::ofNullable),
                        REVOCATIONS.LIFTED_AT.convertFrom(Optional::ofNullable))
                .from(REVOCATIONS)
                .where(condition)
                .orderBy(REVOCATIONS.REVOKED_AT.desc(), REVOCATIONS.ID)
                .limit(limit)
                .fetch(mapping(Revocation::new));
    }
}

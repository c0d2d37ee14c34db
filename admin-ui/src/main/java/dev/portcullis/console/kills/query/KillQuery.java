package dev.portcullis.console.kills.query;

import static dev.portcullis.database.gateway.Tables.KILLS;
import static dev.portcullis.database.gateway.Tables.KILL_ACKNOWLEDGEMENTS;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import dev.portcullis.console.kills.KillRecord;
import dev.portcullis.console.kills.KillRecord.Acknowledgement;
import dev.portcullis.console.kills.KillRecord.Release;
import dev.portcullis.policy.Kill;
import dev.portcullis.policy.KillJson;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.SQLDialect;
import org.jooq.SelectConditionStep;
import org.jooq.SelectField;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import javax.sql.DataSource;

/// Reads kills, each with the replicas that obey it. A scope that this version does not understand is shown as
/// proxies obey it: as the whole organization.
@Repository
public class KillQuery {
    private final DSLContext sql;

    public KillQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// Those neither released nor over, oldest first.
    public List<KillRecord> engaged(Instant now) {
        return kills(KILLS.RELEASED_AT
                        .isNull()
                        .and(KILLS.UNTIL.isNull().or(KILLS.UNTIL.gt(OffsetDateTime.ofInstant(now, ZoneOffset.UTC)))))
                .orderBy(KILLS.ENGAGED_AT, KILLS.ID)
                .fetch(Record1::value1);
    }

    /// The newest first, engaged or over.
    public List<KillRecord> history(int limit) {
        return kills(DSL.noCondition())
                .orderBy(KILLS.ENGAGED_AT.desc(), KILLS.ID)
                .limit(limit)
                .fetch(Record1::value1);
    }

    public Optional<KillRecord> byId(UUID id) {
        return kills(KILLS.ID.eq(id)).fetchOptional(Record1::value1);
    }

    private SelectConditionStep<Record1<KillRecord>> kills(Condition condition) {
        return sql.select(row(
                                kill(),
                                KILLS.ENGAGED_BY,
                                KILLS.ENGAGED_AT,
                                KILLS.REPLICA.convertFrom(Optional::ofNullable),
                                release(),
                                acknowledgements())
                        .mapping(KillRecord::new))
                .from(KILLS)
                .where(condition);
    }

    private static SelectField<Kill> kill() {
        return row(
                        KILLS.ID,
                        KILLS.SCOPE.convertFrom(scope -> KillJson.storedScope(scope.data())),
                        KILLS.EXEMPT.convertFrom(exempt -> KillJson.storedExempt(exempt.data())),
                        KILLS.REASON,
                        KILLS.MESSAGE.convertFrom(Optional::ofNullable),
                        KILLS.UNTIL.convertFrom(end -> Optional.ofNullable(end).map(OffsetDateTime::toInstant)))
                .mapping(Kill::new);
    }

    private static SelectField<Optional<Release>> release() {
        return row(
                        KILLS.RELEASED_BY.convertFrom(Optional::ofNullable),
                        KILLS.RELEASED_AT.convertFrom(Optional::ofNullable),
                        KILLS.RELEASE_REASON.convertFrom(Optional::ofNullable))
                .mapping((by, at, reason) -> by.flatMap(who -> at.map(when -> new Release(who, when, reason))));
    }

    private static Field<List<Acknowledgement>> acknowledgements() {
        return multiset(select(
                                KILL_ACKNOWLEDGEMENTS.REPLICA,
                                KILL_ACKNOWLEDGEMENTS.OBEYED_AT,
                                KILL_ACKNOWLEDGEMENTS.CALLS_CUT,
                                KILL_ACKNOWLEDGEMENTS.STREAMS_CUT)
                        .from(KILL_ACKNOWLEDGEMENTS)
                        .where(KILL_ACKNOWLEDGEMENTS.KILL.eq(KILLS.ID))
                        .orderBy(KILL_ACKNOWLEDGEMENTS.OBEYED_AT, KILL_ACKNOWLEDGEMENTS.REPLICA))
                .convertFrom(rows -> rows.map(mapping(Acknowledgement::new)));
    }
}

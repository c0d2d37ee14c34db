package dev.portcullis.console.replicas.query;

import static dev.portcullis.database.audit.Tables.CHAINS;
import static dev.portcullis.database.audit.Tables.CHECKPOINTS;
import static dev.portcullis.database.gateway.Tables.KILLS;
import static dev.portcullis.database.gateway.Tables.KILL_ACKNOWLEDGEMENTS;
import static dev.portcullis.database.gateway.Tables.REPLICAS;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.trueCondition;

import dev.portcullis.console.replicas.Replica;
import dev.portcullis.console.replicas.Replica.Trail;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

/// Reads replicas.
@Repository
public class ReplicaQuery {
    private final DSLContext sql;

    public ReplicaQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// All of them, by name, each with the engaged kills it has confirmed and its newest chain of records.
    public List<Replica> all() {
        var chain = lateral(select(CHAINS.CHAIN, CHAINS.SEQUENCE)
                        .from(CHAINS)
                        .where(CHAINS.REPLICA.eq(REPLICAS.REPLICA))
                        .and(CHAINS.SUBJECT.eq("exchange"))
                        .orderBy(CHAINS.STARTED_AT.desc())
                        .limit(1))
                .as("chain");
        var signed = lateral(select(CHECKPOINTS.SEQUENCE, CHECKPOINTS.MADE_AT)
                        .from(CHECKPOINTS)
                        .where(CHECKPOINTS.CHAIN.eq(chain.field(CHAINS.CHAIN)))
                        .orderBy(CHECKPOINTS.SEQUENCE.desc())
                        .limit(1))
                .as("signed");
        return sql.select(
                        REPLICAS.REPLICA,
                        REPLICAS.POLICY_VERSION.convertFrom(Optional::ofNullable),
                        multiset(select(KILL_ACKNOWLEDGEMENTS.KILL, KILL_ACKNOWLEDGEMENTS.OBEYED_AT)
                                        .from(KILL_ACKNOWLEDGEMENTS)
                                        .join(KILLS)
                                        .on(KILLS.ID.eq(KILL_ACKNOWLEDGEMENTS.KILL))
                                        .where(KILL_ACKNOWLEDGEMENTS.REPLICA.eq(REPLICAS.REPLICA))
                                        .and(KILLS.RELEASED_AT.isNull())
                                        .orderBy(KILL_ACKNOWLEDGEMENTS.OBEYED_AT))
                                .convertFrom(rows -> rows.map(mapping(Replica.ObeyedKill::new))),
                        REPLICAS.STARTED_AT,
                        REPLICAS.HEARTBEAT_AT,
                        row(
                                        chain.field(CHAINS.SEQUENCE),
                                        coalesce(signed.field(CHECKPOINTS.SEQUENCE), inline(0L)),
                                        signed.field(CHECKPOINTS.MADE_AT))
                                .mapping(ReplicaQuery::trail),
                        REPLICAS.TRAIL_FILL.convertFrom(Optional::ofNullable),
                        REPLICAS.CERTIFICATE_ENDS_AT.convertFrom(Optional::ofNullable))
                .from(REPLICAS)
                .leftJoin(chain)
                .on(trueCondition())
                .leftJoin(signed)
                .on(trueCondition())
                .orderBy(REPLICAS.REPLICA)
                .fetch(mapping(Replica::new));
    }

    private static Optional<Trail> trail(@Nullable Long records, Long signed, @Nullable OffsetDateTime signedAt) {
        return Optional.ofNullable(records).map(count -> new Trail(count, signed, Optional.ofNullable(signedAt)));
    }
}

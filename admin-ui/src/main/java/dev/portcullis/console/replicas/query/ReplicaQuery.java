package dev.portcullis.console.replicas.query;

import static dev.portcullis.database.gateway.Tables.KILLS;
import static dev.portcullis.database.gateway.Tables.KILL_ACKNOWLEDGEMENTS;
import static dev.portcullis.database.gateway.Tables.REPLICAS;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.select;

import dev.portcullis.console.replicas.Replica;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

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

    /// All of them, by name, each with the engaged kills it has confirmed.
    public List<Replica> all() {
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
                        REPLICAS.HEARTBEAT_AT)
                .from(REPLICAS)
                .orderBy(REPLICAS.REPLICA)
                .fetch(mapping(Replica::new));
    }
}

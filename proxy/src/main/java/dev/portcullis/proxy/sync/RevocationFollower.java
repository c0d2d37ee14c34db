package dev.portcullis.proxy.sync;

import static dev.portcullis.database.gateway.Tables.REVOCATIONS;
import static org.jooq.Records.mapping;

import dev.portcullis.proxy.identity.Revocations;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.time.OffsetDateTime;

/// Keeps [Revocations] as they stand in the database. What is over by the database's clock is left out; what is over by
/// the replica's, it leaves out itself.
public final class RevocationFollower implements Follower {
    private static final Logger LOG = LoggerFactory.getLogger(RevocationFollower.class);

    private final Revocations revocations;
    private final Revision revision = new Revision("revocations");

    public RevocationFollower(Revocations revocations) {
        this.revocations = revocations;
    }

    @Override
    public boolean look(Connection connection) {
        var sql = DSL.using(connection, SQLDialect.POSTGRES);
        return revision.ifChanged(sql, () -> read(sql));
    }

    @Override
    public String what() {
        return "revocations";
    }

    private void read(DSLContext sql) {
        var sessions = sql.select(REVOCATIONS.SUBJECT, REVOCATIONS.ENDS_AT.convertFrom(OffsetDateTime::toInstant))
                .from(REVOCATIONS)
                .where(REVOCATIONS.KIND.eq("session"))
                .and(REVOCATIONS.LIFTED_AT.isNull())
                .and(REVOCATIONS.ENDS_AT.gt(DSL.currentOffsetDateTime()))
                .fetch(mapping(Revocations.Session::new));
        var grants = sql.select(
                        REVOCATIONS.SUBJECT,
                        REVOCATIONS.REVOKED_AT.convertFrom(OffsetDateTime::toInstant),
                        REVOCATIONS.ENDS_AT.convertFrom(OffsetDateTime::toInstant))
                .from(REVOCATIONS)
                .where(REVOCATIONS.KIND.eq("grant"))
                .and(REVOCATIONS.LIFTED_AT.isNull())
                .and(REVOCATIONS.ENDS_AT.gt(DSL.currentOffsetDateTime()))
                .fetch(mapping(Revocations.Grant::new));
        revocations.replace(sessions, grants);
        LOG.atInfo()
                .addKeyValue("sessions", sessions.size())
                .addKeyValue("grants", grants.size())
                .log("revocations in force");
    }
}

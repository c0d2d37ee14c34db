package dev.portcullis.console.storage.query;

import static dev.portcullis.database.gateway.Tables.RETENTION;
import static dev.portcullis.database.gateway.Tables.RETENTION_TERMS;
import static org.jooq.impl.DSL.trueCondition;

import dev.portcullis.console.storage.Retention;
import dev.portcullis.console.storage.RetentionSetting;
import dev.portcullis.console.storage.RetentionSetting.Changed;
import dev.portcullis.console.storage.RetentionSetting.Owner;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;

import javax.sql.DataSource;

/// Reads the retention that admins have set.
@Repository
public class RetentionQuery {
    private final DSLContext sql;

    public RetentionQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    public RetentionSetting setting() {
        return setting(sql.configuration());
    }

    /// The same in a transaction. One statement, so that no change is seen by halves.
    public static RetentionSetting setting(Configuration transaction) {
        var rows = transaction
                .dsl()
                .select(RETENTION.fields())
                .select(RETENTION_TERMS.ORGANIZATION, RETENTION_TERMS.DAYS)
                .from(RETENTION)
                .leftJoin(RETENTION_TERMS)
                .on(trueCondition())
                .fetch();
        var organizations = new HashMap<String, Optional<Duration>>();
        rows.forEach(row -> Optional.ofNullable(row.get(RETENTION_TERMS.ORGANIZATION))
                .ifPresent(name -> organizations.put(name, term(row.get(RETENTION_TERMS.DAYS)))));
        var all = rows.getFirst();
        return new RetentionSetting(
                new Retention(term(all.get(RETENTION.DAYS)), organizations),
                Owner.CONSOLE,
                all.get(RETENTION.REVISION),
                Optional.ofNullable(all.get(RETENTION.CHANGED_BY))
                        .map(by -> new Changed(by, all.get(RETENTION.CHANGED_AT), all.get(RETENTION.REASON))));
    }

    /// What nobody changes until the transaction ends.
    public static Retention settled(Configuration transaction) {
        transaction.dsl().select(RETENTION.REVISION).from(RETENTION).forShare().fetchSingle();
        return setting(transaction).retention();
    }

    private static Optional<Duration> term(@Nullable Integer days) {
        return Optional.ofNullable(days).map(Duration::ofDays);
    }
}

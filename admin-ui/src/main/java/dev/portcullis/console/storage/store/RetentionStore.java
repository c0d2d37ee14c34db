package dev.portcullis.console.storage.store;

import static dev.portcullis.database.gateway.Tables.RETENTION;
import static dev.portcullis.database.gateway.Tables.RETENTION_TERMS;
import static org.jooq.impl.DSL.currentOffsetDateTime;

import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.console.storage.RetentionOrder;
import dev.portcullis.console.storage.RetentionSetting;
import dev.portcullis.console.storage.query.RetentionQuery;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import javax.sql.DataSource;

/// Writes how long records are kept.
@Repository
public class RetentionStore {
    private final DSLContext sql;

    public RetentionStore(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// Waits for a part that is being dropped by the terms of before.
    ///
    /// @return empty when none of the expected tags is current
    public Optional<RetentionSetting> change(RetentionOrder order, String actor, Set<String> expected) {
        return sql.transactionResult(transaction -> {
            var own = transaction.dsl();
            own.select(RETENTION.REVISION).from(RETENTION).forUpdate().fetchSingle();
            var before = RetentionQuery.setting(transaction);
            if (!expected.isEmpty() && !expected.contains(before.tag())) {
                return Optional.empty();
            }
            own.update(RETENTION)
                    .set(RETENTION.DAYS, days(order.retention().usual()))
                    .set(RETENTION.REVISION, RETENTION.REVISION.plus(1))
                    .set(RETENTION.REASON, order.reason())
                    .set(RETENTION.CHANGED_BY, actor)
                    .set(RETENTION.CHANGED_AT, currentOffsetDateTime())
                    .execute();
            own.deleteFrom(RETENTION_TERMS).execute();
            order.retention()
                    .organizations()
                    .forEach((name, term) -> own.insertInto(RETENTION_TERMS)
                            .set(RETENTION_TERMS.ORGANIZATION, name)
                            .set(RETENTION_TERMS.DAYS, days(term))
                            .execute());
            AdminEventStore.append(
                    transaction,
                    AdminEvent.of(actor, AdminEvent.RETENTION_CHANGED)
                            .about("retention")
                            .with(Map.of(
                                    "before", before.retention().describe(),
                                    "after", order.retention().describe(),
                                    "reason", order.reason())));
            return Optional.of(RetentionQuery.setting(transaction));
        });
    }

    private static @Nullable Integer days(Optional<Duration> term) {
        return term.map(kept -> Math.toIntExact(kept.toDays())).orElse(null);
    }
}

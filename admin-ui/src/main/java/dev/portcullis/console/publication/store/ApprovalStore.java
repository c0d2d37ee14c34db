package dev.portcullis.console.publication.store;

import static dev.portcullis.database.gateway.Tables.APPROVAL;
import static org.jooq.impl.DSL.currentOffsetDateTime;

import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.console.policy.store.PolicyStore;
import dev.portcullis.console.publication.ApprovalSetting;
import dev.portcullis.console.publication.query.ApprovalQuery;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import javax.sql.DataSource;

/// Writes whether a second person is needed.
@Repository
public class ApprovalStore {
    private final DSLContext sql;

    public ApprovalStore(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// Under the lock of those who write policies, so that nothing is published between.
    ///
    /// @return empty when none of the expected tags is current
    public Optional<ApprovalSetting> change(boolean required, String actor, Set<String> expected) {
        return sql.transactionResult(transaction -> {
            PolicyStore.checkAlone(transaction);
            var before = ApprovalQuery.setting(transaction);
            if (!expected.isEmpty() && !expected.contains(before.tag())) {
                return Optional.empty();
            }
            transaction
                    .dsl()
                    .update(APPROVAL)
                    .set(APPROVAL.REQUIRED, required)
                    .set(APPROVAL.REVISION, APPROVAL.REVISION.plus(1))
                    .set(APPROVAL.CHANGED_BY, actor)
                    .set(APPROVAL.CHANGED_AT, currentOffsetDateTime())
                    .execute();
            AdminEventStore.append(
                    transaction,
                    AdminEvent.of(actor, AdminEvent.APPROVAL_CHANGED)
                            .about("approval")
                            .with(Map.of("before", word(before.required()), "after", word(required))));
            return Optional.of(ApprovalQuery.setting(transaction));
        });
    }

    private static String word(boolean required) {
        return required ? "required" : "not required";
    }
}

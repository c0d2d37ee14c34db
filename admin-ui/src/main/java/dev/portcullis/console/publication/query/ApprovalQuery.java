package dev.portcullis.console.publication.query;

import static dev.portcullis.database.gateway.Tables.APPROVAL;
import static org.jooq.Records.mapping;

import dev.portcullis.console.publication.ApprovalSetting;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.util.Optional;

import javax.sql.DataSource;

/// Reads whether a second person is needed.
@Repository
public class ApprovalQuery {
    private final DSLContext sql;

    public ApprovalQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    public ApprovalSetting setting() {
        return setting(sql.configuration());
    }

    /// The same in a transaction.
    public static ApprovalSetting setting(Configuration transaction) {
        return transaction
                .dsl()
                .select(APPROVAL.REQUIRED, APPROVAL.REVISION, APPROVAL.CHANGED_BY, APPROVAL.CHANGED_AT)
                .from(APPROVAL)
                .fetchSingle(mapping((required, revision, by, at) -> new ApprovalSetting(
                        required, revision, Optional.ofNullable(by).map(who -> new ApprovalSetting.Changed(who, at)))));
    }
}

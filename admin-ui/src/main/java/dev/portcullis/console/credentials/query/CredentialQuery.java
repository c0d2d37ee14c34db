package dev.portcullis.console.credentials.query;

import static dev.portcullis.database.gateway.Tables.CREDENTIALS;
import static org.jooq.Records.mapping;

import dev.portcullis.console.credentials.CredentialRecord;
import dev.portcullis.secrets.CredentialSettings;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

/// Reads credentials, without their secrets.
@Repository
public class CredentialQuery {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final DSLContext sql;

    public CredentialQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// All of them, by name.
    public List<CredentialRecord> list() {
        return credentials(DSL.noCondition());
    }

    public Optional<CredentialRecord> byName(String name) {
        return credentials(CREDENTIALS.NAME.eq(name)).stream().findFirst();
    }

    private List<CredentialRecord> credentials(Condition condition) {
        return sql.select(
                        CREDENTIALS.NAME,
                        CREDENTIALS.KIND,
                        CREDENTIALS.SETTINGS,
                        CREDENTIALS.EXPIRES_AT,
                        CREDENTIALS.REVISION,
                        CREDENTIALS.UPDATED_BY,
                        CREDENTIALS.UPDATED_AT)
                .from(CREDENTIALS)
                .where(condition)
                .orderBy(CREDENTIALS.NAME)
                .fetch(mapping(CredentialQuery::record));
    }

    private static CredentialRecord record(
            String name,
            String kind,
            JSONB settings,
            @Nullable OffsetDateTime expiresAt,
            long revision,
            String updatedBy,
            OffsetDateTime updatedAt) {
        return new CredentialRecord(
                name,
                new CredentialSettings(kind, (ObjectNode) JSON.readTree(settings.data())),
                Optional.ofNullable(expiresAt),
                revision,
                updatedBy,
                updatedAt);
    }
}

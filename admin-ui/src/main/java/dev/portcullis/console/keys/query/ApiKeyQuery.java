package dev.portcullis.console.keys.query;

import static dev.portcullis.database.gateway.Tables.API_KEYS;
import static dev.portcullis.database.gateway.Tables.API_KEY_USES;
import static org.jooq.Records.mapping;

import dev.portcullis.console.keys.ApiKeyRecord;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import javax.sql.DataSource;

/// Reads API keys, without what is secret about them.
@Repository
public class ApiKeyQuery {
    /// PostgreSQL knows addresses and jOOQ does not; they are read as text.
    private static final Field<String> LAST_USED_ADDRESS =
            DSL.field("host({0})", String.class, API_KEY_USES.field("last_used_address"));

    private final DSLContext sql;

    public ApiKeyQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// By name; with `all` also those that were revoked.
    public List<ApiKeyRecord> list(boolean all) {
        return keys(all ? DSL.noCondition() : API_KEYS.REVOKED_AT.isNull());
    }

    public Optional<ApiKeyRecord> byId(UUID id) {
        return keys(API_KEYS.ID.eq(id)).stream().findFirst();
    }

    private List<ApiKeyRecord> keys(Condition condition) {
        return sql.select(
                        API_KEYS.ID,
                        API_KEYS.NAME,
                        API_KEYS.PREFIX,
                        API_KEYS.ROUTES.convertFrom(
                                routes -> Optional.ofNullable(routes).map(List::of)),
                        API_KEYS.GROUPS.convertFrom(List::of),
                        API_KEYS.NETWORKS.convertFrom(List::of),
                        API_KEYS.EXPIRES_AT.convertFrom(Optional::ofNullable),
                        API_KEYS.CREATED_BY,
                        API_KEYS.CREATED_AT,
                        API_KEYS.REVOKED_BY.convertFrom(Optional::ofNullable),
                        API_KEYS.REVOKED_AT.convertFrom(Optional::ofNullable),
                        API_KEY_USES.LAST_USED_AT.convertFrom(Optional::ofNullable),
                        LAST_USED_ADDRESS.convertFrom(Optional::ofNullable))
                .from(API_KEYS)
                .leftJoin(API_KEY_USES)
                .on(API_KEY_USES.KEY.eq(API_KEYS.ID))
                .where(condition)
                .orderBy(API_KEYS.NAME, API_KEYS.CREATED_AT)
                .fetch(mapping(ApiKeyRecord::new));
    }
}

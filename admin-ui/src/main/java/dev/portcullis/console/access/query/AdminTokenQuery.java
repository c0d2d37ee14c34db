package dev.portcullis.console.access.query;

import static dev.portcullis.database.gateway.Tables.ADMIN_TOKENS;
import static org.jooq.Records.mapping;

import dev.portcullis.console.access.AdminToken;
import dev.portcullis.console.access.AdminTokenRecord;
import dev.portcullis.console.access.TokenHolder;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

/// Reads admin tokens.
@Repository
public class AdminTokenQuery {
    private final DSLContext sql;

    public AdminTokenQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// Who holds a token that has not been revoked.
    public Optional<TokenHolder> holder(AdminToken token) {
        return sql.select(ADMIN_TOKENS.NAME, ADMIN_TOKENS.ROLES)
                .from(ADMIN_TOKENS)
                .where(ADMIN_TOKENS.TOKEN_HASH.eq(token.hash()))
                .and(ADMIN_TOKENS.REVOKED_AT.isNull())
                .fetchOptional(mapping((name, roles) -> new TokenHolder(name, List.of(roles))));
    }

    /// The name of a token that has been revoked.
    public Optional<String> revoked(AdminToken token) {
        return sql.select(ADMIN_TOKENS.NAME)
                .from(ADMIN_TOKENS)
                .where(ADMIN_TOKENS.TOKEN_HASH.eq(token.hash()))
                .and(ADMIN_TOKENS.REVOKED_AT.isNotNull())
                .fetchOptional(ADMIN_TOKENS.NAME);
    }

    /// All of them, by name; the newest first among those of one name.
    public List<AdminTokenRecord> list() {
        return sql.select(
                        ADMIN_TOKENS.ID,
                        ADMIN_TOKENS.NAME,
                        ADMIN_TOKENS.ROLES,
                        ADMIN_TOKENS.CREATED_AT,
                        ADMIN_TOKENS.REVOKED_AT)
                .from(ADMIN_TOKENS)
                .orderBy(ADMIN_TOKENS.NAME, ADMIN_TOKENS.CREATED_AT.desc())
                .fetch(mapping((id, name, roles, createdAt, revokedAt) ->
                        new AdminTokenRecord(id, name, List.of(roles), createdAt, Optional.ofNullable(revokedAt))));
    }
}

package dev.portcullis.console.access.query;

import static dev.portcullis.database.gateway.Tables.ADMIN_TOKENS;
import static org.jooq.Records.mapping;

import dev.portcullis.console.access.AdminToken;
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
}

package dev.portcullis.console.access.store;

import static dev.portcullis.database.gateway.Tables.ADMIN_TOKENS;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import dev.portcullis.console.access.AdminToken;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

/// Writes admin tokens.
@Repository
public class AdminTokenStore {
    private final DSLContext sql;

    public AdminTokenStore(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// Adds a token if there has never been one; a revoked first token is not replaced behind the
    /// admins' backs.
    ///
    /// @return whether it was added
    public boolean addFirst(AdminToken token, String name, List<String> roles) {
        return sql.insertInto(
                                ADMIN_TOKENS,
                                ADMIN_TOKENS.ID,
                                ADMIN_TOKENS.NAME,
                                ADMIN_TOKENS.TOKEN_HASH,
                                ADMIN_TOKENS.ROLES)
                        .select(select(
                                        val(UUID.randomUUID()),
                                        val(name),
                                        val(token.hash()),
                                        val(roles.toArray(String[]::new)))
                                .where(notExists(selectOne().from(ADMIN_TOKENS))))
                        .execute()
                == 1;
    }
}

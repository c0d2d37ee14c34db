package dev.portcullis.console.publication.query;

import static dev.portcullis.database.gateway.Tables.ADMINISTRATORS;
import static dev.portcullis.database.gateway.Tables.ADMIN_TOKENS;

import dev.portcullis.console.access.query.AdminTokenQuery;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.util.List;

import javax.sql.DataSource;

/// Reads which roles somebody has at this moment.
@Repository
public class RightsQuery {
    private final DSLContext sql;

    public RightsQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// Of the good token of this name; none when there is none.
    public List<String> ofToken(String name) {
        return sql.select(ADMIN_TOKENS.ROLES)
                .from(ADMIN_TOKENS)
                .where(ADMIN_TOKENS.NAME.eq(name))
                .and(AdminTokenQuery.isGood())
                .orderBy(ADMIN_TOKENS.CREATED_AT.desc())
                .limit(1)
                .fetchOptional(found -> List.of(found.value1()))
                .orElseGet(List::of);
    }

    /// Of a person of this console; none when there is no such person, or they are locked.
    public List<String> ofPerson(String username) {
        return sql.select(ADMINISTRATORS.ROLES)
                .from(ADMINISTRATORS)
                .where(ADMINISTRATORS.USERNAME.eq(username))
                .and(ADMINISTRATORS.LOCKED_AT.isNull())
                .fetchOptional(found -> List.of(found.value1()))
                .orElseGet(List::of);
    }
}

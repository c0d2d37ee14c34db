package dev.portcullis.console.signin.query;

import static dev.portcullis.database.gateway.Tables.ADMINISTRATORS;
import static org.jooq.Records.mapping;

import dev.portcullis.console.signin.Administrator;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

/// Reads administrators.
@Repository
public class AdministratorQuery {
    private final DSLContext sql;

    public AdministratorQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// Whether there is any.
    public boolean exist() {
        return sql.fetchExists(ADMINISTRATORS);
    }

    public Optional<Administrator> byUsername(String username) {
        return sql.select(
                        ADMINISTRATORS.USERNAME,
                        ADMINISTRATORS.PASSWORD_HASH,
                        ADMINISTRATORS.ROLES,
                        ADMINISTRATORS.MUST_CHANGE_PASSWORD)
                .from(ADMINISTRATORS)
                .where(ADMINISTRATORS.USERNAME.eq(username))
                .fetchOptional(mapping(
                        (name, hash, roles, mustChange) -> new Administrator(name, hash, List.of(roles), mustChange)));
    }
}

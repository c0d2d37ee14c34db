package dev.portcullis.console.signin.query;

import static dev.portcullis.database.gateway.Tables.ADMINISTRATORS;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.noCondition;

import dev.portcullis.console.signin.Administrator;
import dev.portcullis.console.signin.Person;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.util.Collection;
import java.util.List;
import java.util.Map;
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
                        ADMINISTRATORS.MUST_CHANGE_PASSWORD,
                        ADMINISTRATORS.LOCKED_AT,
                        ADMINISTRATORS.REVISION)
                .from(ADMINISTRATORS)
                .where(ADMINISTRATORS.USERNAME.eq(username))
                .fetchOptional(mapping((name, hash, roles, mustChange, lockedAt, revision) ->
                        new Administrator(name, hash, List.of(roles), mustChange, lockedAt != null, revision)));
    }

    /// The revisions of those among these who may sign in.
    public Map<String, Long> revisions(Collection<String> usernames) {
        return sql.select(ADMINISTRATORS.USERNAME, ADMINISTRATORS.REVISION)
                .from(ADMINISTRATORS)
                .where(ADMINISTRATORS.USERNAME.in(usernames))
                .and(ADMINISTRATORS.LOCKED_AT.isNull())
                .fetchMap(ADMINISTRATORS.USERNAME, ADMINISTRATORS.REVISION);
    }

    /// Everybody, by username.
    public List<Person> people() {
        return people(noCondition());
    }

    public Optional<Person> person(String username) {
        return people(ADMINISTRATORS.USERNAME.eq(username)).stream().findFirst();
    }

    private List<Person> people(Condition which) {
        return sql.select(
                        ADMINISTRATORS.USERNAME,
                        ADMINISTRATORS.ROLES,
                        ADMINISTRATORS.MUST_CHANGE_PASSWORD,
                        ADMINISTRATORS.CREATED_AT,
                        ADMINISTRATORS.LAST_SIGNED_IN_AT,
                        ADMINISTRATORS.LOCKED_AT,
                        ADMINISTRATORS.LOCKED_BY,
                        ADMINISTRATORS.REVISION)
                .from(ADMINISTRATORS)
                .where(which)
                .orderBy(ADMINISTRATORS.USERNAME)
                .fetch(mapping(
                        (name, roles, mustChange, createdAt, signedInAt, lockedAt, lockedBy, revision) -> new Person(
                                name,
                                List.of(roles),
                                mustChange,
                                createdAt,
                                Optional.ofNullable(signedInAt),
                                Optional.ofNullable(lockedAt),
                                Optional.ofNullable(lockedBy),
                                revision)));
    }
}

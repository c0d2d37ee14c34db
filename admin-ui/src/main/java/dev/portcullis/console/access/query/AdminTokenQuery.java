package dev.portcullis.console.access.query;

import static dev.portcullis.database.gateway.Tables.ADMIN_TOKENS;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.currentOffsetDateTime;
import static org.jooq.impl.DSL.noCondition;

import dev.portcullis.console.access.AdminToken;
import dev.portcullis.console.access.AdminTokenRecord;
import dev.portcullis.console.access.TokenHolder;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import javax.sql.DataSource;

/// Reads admin tokens.
@Repository
public class AdminTokenQuery {
    private final DSLContext sql;

    public AdminTokenQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// What a token has to be that somebody may use, by the database's clock.
    public static Condition isGood() {
        return ADMIN_TOKENS
                .REVOKED_AT
                .isNull()
                .and(ADMIN_TOKENS.EXPIRES_AT.isNull().or(ADMIN_TOKENS.EXPIRES_AT.gt(currentOffsetDateTime())));
    }

    /// Who holds a token that is neither revoked nor over.
    public Optional<TokenHolder> holder(AdminToken token) {
        return sql.select(ADMIN_TOKENS.ID, ADMIN_TOKENS.NAME, ADMIN_TOKENS.ROLES)
                .from(ADMIN_TOKENS)
                .where(ADMIN_TOKENS.TOKEN_HASH.eq(token.hash()))
                .and(isGood())
                .fetchOptional(mapping((id, name, roles) -> new TokenHolder(id, name, List.of(roles))));
    }

    /// Those of some tokens that are still good.
    public Set<UUID> good(Collection<UUID> ids) {
        return sql.select(ADMIN_TOKENS.ID)
                .from(ADMIN_TOKENS)
                .where(ADMIN_TOKENS.ID.in(ids))
                .and(isGood())
                .fetchSet(ADMIN_TOKENS.ID);
    }

    /// The name of a token that was good once.
    public Optional<String> onceGood(AdminToken token) {
        return sql.select(ADMIN_TOKENS.NAME)
                .from(ADMIN_TOKENS)
                .where(ADMIN_TOKENS.TOKEN_HASH.eq(token.hash()))
                .and(isGood().not())
                .fetchOptional(ADMIN_TOKENS.NAME);
    }

    /// All of them, by name; the newest first among those of one name.
    public List<AdminTokenRecord> list() {
        return tokens(noCondition());
    }

    public Optional<AdminTokenRecord> byId(UUID id) {
        return tokens(ADMIN_TOKENS.ID.eq(id)).stream().findFirst();
    }

    private List<AdminTokenRecord> tokens(Condition condition) {
        return sql.select(
                        ADMIN_TOKENS.ID,
                        ADMIN_TOKENS.NAME,
                        ADMIN_TOKENS.ROLES,
                        ADMIN_TOKENS.CREATED_AT,
                        ADMIN_TOKENS.EXPIRES_AT,
                        ADMIN_TOKENS.REVISION,
                        ADMIN_TOKENS.REVOKED_AT)
                .from(ADMIN_TOKENS)
                .where(condition)
                .orderBy(ADMIN_TOKENS.NAME, ADMIN_TOKENS.CREATED_AT.desc())
                .fetch(mapping(AdminTokenQuery::record));
    }

    private static AdminTokenRecord record(
            UUID id,
            String name,
            String[] roles,
            OffsetDateTime createdAt,
            @Nullable OffsetDateTime expiresAt,
            long revision,
            @Nullable OffsetDateTime revokedAt) {
        return new AdminTokenRecord(
                id,
                name,
                List.of(roles),
                createdAt,
                Optional.ofNullable(expiresAt),
                revision,
                Optional.ofNullable(revokedAt));
    }
}

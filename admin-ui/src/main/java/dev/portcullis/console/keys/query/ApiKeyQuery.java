package dev.portcullis.console.keys.query;

import static dev.portcullis.database.gateway.Tables.API_KEYS;
import static dev.portcullis.database.gateway.Tables.API_KEY_USES;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.val;

import dev.portcullis.console.keys.ApiKeyCursor;
import dev.portcullis.console.keys.ApiKeyFilter;
import dev.portcullis.console.keys.ApiKeyRecord;
import dev.portcullis.console.keys.ApiKeyService;
import dev.portcullis.secrets.ApiKey;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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

    /// Of a list in one piece.
    private static final int MOST = 100_000;

    private final DSLContext sql;

    public ApiKeyQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// By name; with `all` also those that were revoked.
    public List<ApiKeyRecord> list(boolean all) {
        return keys(all ? DSL.noCondition() : API_KEYS.REVOKED_AT.isNull(), API_KEYS.CREATED_AT, MOST);
    }

    /// Up to `limit` keys behind `after`, by name.
    public List<ApiKeyRecord> page(ApiKeyFilter filter, Instant now, Optional<ApiKeyCursor> after, int limit) {
        var behind = after.map(last -> row(API_KEYS.NAME, API_KEYS.ID).gt(last.name(), last.id()))
                .orElseGet(DSL::noCondition);
        return keys(matching(filter, now).and(behind), API_KEYS.ID, limit);
    }

    public int count(ApiKeyFilter filter, Instant now) {
        return sql.fetchCount(API_KEYS, matching(filter, now));
    }

    public Optional<ApiKeyRecord> byId(UUID id) {
        return keys(API_KEYS.ID.eq(id), API_KEYS.ID, 1).stream().findFirst();
    }

    private static Condition matching(ApiKeyFilter filter, Instant now) {
        return filter.text()
                .map(ApiKeyQuery::mentions)
                .orElseGet(DSL::noCondition)
                .and(filter.route()
                        .map(route -> API_KEYS.ROUTES.isNull().or(val(route).eq(any(API_KEYS.ROUTES))))
                        .orElseGet(DSL::noCondition))
                .and(stands(filter.standing(), OffsetDateTime.ofInstant(now, ZoneOffset.UTC)));
    }

    private static Condition mentions(String text) {
        var prefix = text.startsWith(ApiKey.MARK) ? text.substring(ApiKey.MARK.length()) : text;
        return API_KEYS.NAME
                .containsIgnoreCase(text)
                .or(API_KEYS.PREFIX.startsWith(prefix))
                .or(val(text).eq(any(API_KEYS.GROUPS)));
    }

    private static Condition stands(ApiKeyFilter.Standing standing, OffsetDateTime now) {
        var current = API_KEYS.REVOKED_AT.isNull();
        return switch (standing) {
            case CURRENT -> current;
            case EXPIRING ->
                current.and(API_KEYS.EXPIRES_AT.gt(now)).and(API_KEYS.EXPIRES_AT.le(now.plus(ApiKeyService.SOON)));
            case ENDED -> current.and(API_KEYS.EXPIRES_AT.le(now));
            case REVOKED -> API_KEYS.REVOKED_AT.isNotNull();
            case ALL -> DSL.noCondition();
        };
    }

    private List<ApiKeyRecord> keys(Condition condition, Field<?> second, int limit) {
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
                .orderBy(API_KEYS.NAME, second)
                .limit(limit)
                .fetch(mapping(ApiKeyRecord::new));
    }
}

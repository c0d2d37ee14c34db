package dev.portcullis.proxy.sync;

import static dev.portcullis.database.gateway.Tables.API_KEYS;
import static dev.portcullis.database.gateway.Tables.API_KEY_USES;
import static org.jooq.Records.mapping;

import dev.portcullis.policy.document.Network;
import dev.portcullis.proxy.identity.ApiKeys;
import dev.portcullis.secrets.KeyHasher;
import dev.portcullis.secrets.MasterKey;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Keeps [ApiKeys] as they stand in the database, and writes back when they were used.
public final class ApiKeyFollower implements Follower {
    private static final Logger LOG = LoggerFactory.getLogger(ApiKeyFollower.class);
    private static final Duration BETWEEN_WRITES = Duration.ofMinutes(1);
    private static final String SUBJECT = "api_keys";

    /// PostgreSQL knows addresses and jOOQ does not; they are bound as text.
    @SuppressWarnings("unchecked")
    private static final Field<String> LAST_USED_ADDRESS =
            (Field<String>) Objects.requireNonNull(API_KEY_USES.field("last_used_address"));

    private final ApiKeys keys;
    private final Optional<MasterKey> masterKey;
    private final Clock clock;
    private final Revision revision = new Revision(SUBJECT);
    private Instant nextWrite;

    /// @param masterKey absent in an installation that keeps no secrets; then no key is good
    public ApiKeyFollower(ApiKeys keys, Optional<MasterKey> masterKey, Clock clock) {
        this.keys = keys;
        this.masterKey = masterKey;
        this.clock = clock;
        this.nextWrite = clock.instant().plus(BETWEEN_WRITES);
    }

    @Override
    public boolean look(Connection connection) {
        var sql = DSL.using(connection, SQLDialect.POSTGRES);
        if (!clock.instant().isBefore(nextWrite)) {
            nextWrite = clock.instant().plus(BETWEEN_WRITES);
            writeUses(sql);
        }
        return revision.ifChanged(sql, () -> read(sql));
    }

    private void read(DSLContext sql) {
        var found = sql.select(
                        API_KEYS.ID,
                        API_KEYS.NAME,
                        API_KEYS.PREFIX,
                        API_KEYS.HASH,
                        API_KEYS.ROUTES,
                        API_KEYS.GROUPS,
                        API_KEYS.NETWORKS,
                        API_KEYS.EXPIRES_AT)
                .from(API_KEYS)
                .where(API_KEYS.REVOKED_AT.isNull())
                .fetch(mapping(ApiKeyFollower::entry));
        var hasher = found.isEmpty() ? Optional.<KeyHasher>empty() : hasher(sql);
        keys.replace(hasher, found);
        LOG.atInfo().addKeyValue("keys", found.size()).log("API keys in force");
    }

    private Optional<KeyHasher> hasher(DSLContext sql) {
        if (masterKey.isEmpty()) {
            LOG.warn("There are API keys, but secrets.key is not configured here: none of them is accepted");
            return Optional.empty();
        }
        var hasher = DataKeys.existing(sql, masterKey.get(), SUBJECT).map(KeyHasher::new);
        if (hasher.isEmpty()) {
            LOG.error("The API keys were made with another secrets.key than the one here: none of them is accepted");
        }
        return hasher;
    }

    private static ApiKeys.Entry entry(
            UUID id,
            String name,
            String prefix,
            byte[] hash,
            String @Nullable [] routes,
            String[] groups,
            String[] networks,
            @Nullable OffsetDateTime expiresAt) {
        return new ApiKeys.Entry(
                id,
                name,
                prefix,
                hash,
                Optional.ofNullable(routes).map(Set::of),
                List.of(groups),
                Arrays.stream(networks)
                        // What cannot be read must not mean anywhere.
                        .map(text -> Network.parse(text).orElseThrow())
                        .toList(),
                Optional.ofNullable(expiresAt).map(OffsetDateTime::toInstant));
    }

    private void writeUses(DSLContext sql) {
        keys.takeUses()
                .forEach((key, use) -> sql.insertInto(API_KEY_USES)
                        .set(API_KEY_USES.KEY, key)
                        .set(API_KEY_USES.LAST_USED_AT, use.at().atOffset(ZoneOffset.UTC))
                        .set(LAST_USED_ADDRESS, address(use))
                        .onConflict(API_KEY_USES.KEY)
                        .doUpdate()
                        .set(API_KEY_USES.LAST_USED_AT, use.at().atOffset(ZoneOffset.UTC))
                        .set(LAST_USED_ADDRESS, address(use))
                        .execute());
    }

    private static Field<String> address(ApiKeys.Use use) {
        return DSL.field(
                "{0}::inet",
                String.class, DSL.val(use.address().getHostAddress().replaceFirst("%.*", "")));
    }
}

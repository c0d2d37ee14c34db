package dev.portcullis.proxy.sync;

import static dev.portcullis.database.gateway.Tables.API_KEYS;
import static org.jooq.Records.mapping;

import dev.portcullis.policy.document.Network;
import dev.portcullis.proxy.identity.ApiKeys;
import dev.portcullis.secrets.KeyHasher;
import dev.portcullis.secrets.MasterKey;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Keeps [ApiKeys] as they stand in the database, and writes back when they were used.
public final class ApiKeyFollower implements Follower {
    private static final Logger LOG = LoggerFactory.getLogger(ApiKeyFollower.class);
    private static final Duration BETWEEN_WRITES = Duration.ofMinutes(1);
    private static final String SUBJECT = "api_keys";

    /// In plain SQL: PostgreSQL knows addresses, and many rows from arrays, and jOOQ does not.
    private static final String WRITE_USES = """
            insert into gateway.api_key_uses (key, last_used_at, last_used_address)
            select used.key, used.at, used.address::inet
            from unnest(?::uuid[], ?::timestamptz[], ?::text[]) as used (key, at, address)
            join gateway.api_keys on api_keys.id = used.key
            on conflict (key) do update
            set last_used_at = excluded.last_used_at, last_used_address = excluded.last_used_address
            where api_key_uses.last_used_at < excluded.last_used_at""";

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
        var changed = revision.ifChanged(sql, () -> read(sql));
        if (!clock.instant().isBefore(nextWrite)) {
            nextWrite = clock.instant().plus(BETWEEN_WRITES);
            writeUses(sql);
        }
        return changed;
    }

    @Override
    public String what() {
        return "API keys";
    }

    private void read(DSLContext sql) {
        var found = sql
                .select(
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
                .fetch(mapping(ApiKeyFollower::readable))
                .stream()
                .flatMap(Optional::stream)
                .toList();
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

    /// A row that cannot be read is no key; it must not keep the others from being revoked.
    private static Optional<ApiKeys.Entry> readable(
            UUID id,
            String name,
            String prefix,
            byte[] hash,
            String @Nullable [] routes,
            String[] groups,
            String[] networks,
            @Nullable OffsetDateTime expiresAt) {
        try {
            return Optional.of(entry(id, name, prefix, hash, routes, groups, networks, expiresAt));
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("key", name).log("an API key cannot be read and is not accepted");
            return Optional.empty();
        }
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
                Optional.ofNullable(routes).map(names -> Set.copyOf(Arrays.asList(names))),
                List.of(groups),
                Arrays.stream(networks)
                        // What cannot be read must not mean anywhere.
                        .map(text -> Network.parse(text).orElseThrow())
                        .toList(),
                Optional.ofNullable(expiresAt).map(OffsetDateTime::toInstant));
    }

    /// In one statement, since kills and revocations wait for it; a key that is gone meanwhile is left out.
    private void writeUses(DSLContext sql) {
        var uses = keys.takeUses();
        if (uses.isEmpty()) {
            return;
        }
        try {
            sql.execute(WRITE_USES, ids(uses), times(uses), addresses(uses));
        } catch (DataAccessException e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("when API keys were used could not be written");
        }
    }

    private static UUID[] ids(Map<UUID, ApiKeys.Use> uses) {
        return uses.keySet().toArray(UUID[]::new);
    }

    private static OffsetDateTime[] times(Map<UUID, ApiKeys.Use> uses) {
        return uses.values().stream()
                .map(use -> use.at().atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
    }

    private static String[] addresses(Map<UUID, ApiKeys.Use> uses) {
        return uses.values().stream()
                .map(use -> use.address().getHostAddress().replaceFirst("%.*", ""))
                .toArray(String[]::new);
    }
}

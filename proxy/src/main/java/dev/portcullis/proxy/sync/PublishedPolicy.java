package dev.portcullis.proxy.sync;

import static dev.portcullis.database.gateway.Tables.KILLS;
import static dev.portcullis.database.gateway.Tables.POLICY_VERSIONS;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;

import dev.portcullis.policy.Kill;
import dev.portcullis.policy.KillJson;
import dev.portcullis.policy.rego.CompiledRego;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Reads what is published, on one connection.
final class PublishedPolicy {
    private final DSLContext sql;

    PublishedPolicy(Connection connection) {
        this.sql = DSL.using(connection, SQLDialect.POSTGRES);
    }

    /// One published version, as its author wrote it.
    ///
    /// @param ownRego the organization's own Rego that belongs to it, compiled
    record Version(long number, String document, Optional<CompiledRego> ownRego) {
        private static Version of(long number, String document, byte @Nullable [] compiled) {
            return new Version(number, document, Optional.ofNullable(compiled).map(CompiledRego::new));
        }
    }

    /// The highest version, unless it is the one already seen. After a restored backup it may be a
    /// lower one.
    Optional<Version> highestOtherThan(long seen) {
        return sql.select(POLICY_VERSIONS.VERSION, POLICY_VERSIONS.DOCUMENT, POLICY_VERSIONS.COMPILED_MODULES)
                .from(POLICY_VERSIONS)
                .where(POLICY_VERSIONS.VERSION.eq(
                        select(max(POLICY_VERSIONS.VERSION)).from(POLICY_VERSIONS)))
                .and(POLICY_VERSIONS.VERSION.ne(seen))
                .fetchOptional(mapping(Version::of));
    }

    /// The kills that are engaged for this replica and whose end has not come.
    List<Kill> killsAt(Instant now, String replica) {
        return sql.select(KILLS.ID, KILLS.SCOPE, KILLS.EXEMPT, KILLS.REASON, KILLS.MESSAGE, KILLS.UNTIL)
                .from(KILLS)
                .where(KILLS.RELEASED_AT.isNull())
                .and(KILLS.REPLICA.isNull().or(KILLS.REPLICA.eq(replica)))
                .and(KILLS.UNTIL.isNull().or(KILLS.UNTIL.gt(now.atOffset(ZoneOffset.UTC))))
                .orderBy(KILLS.ENGAGED_AT, KILLS.ID)
                .fetch(mapping(PublishedPolicy::kill));
    }

    private static Kill kill(
            UUID id,
            JSONB scope,
            JSONB exempt,
            String reason,
            @Nullable String message,
            @Nullable OffsetDateTime until) {
        return new Kill(
                id,
                KillJson.storedScope(scope.data()),
                KillJson.storedExempt(exempt.data()),
                reason,
                Optional.ofNullable(message),
                Optional.ofNullable(until).map(OffsetDateTime::toInstant));
    }
}

package dev.portcullis.console.callers;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// A session of the protocol, as far as records know it.
///
/// @param session the digest of its `Mcp-Session-Id`
/// @param caller the id of the caller who holds it
/// @param callerName as policies and records name them
/// @param endedAt when the client ended it
/// @param revokedAt since when the gateway refuses it
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SeenSession(
        String session,
        UUID caller,
        String callerName,
        String route,
        Optional<String> clientName,
        Optional<String> clientVersion,
        Optional<String> clientAddress,
        OffsetDateTime firstSeenAt,
        OffsetDateTime lastSeenAt,
        Optional<OffsetDateTime> endedAt,
        long requests,
        Optional<OffsetDateTime> revokedAt) {
    /// How long after its last request a session counts as one that somebody uses.
    public static final Duration ACTIVE_FOR = Duration.ofMinutes(30);

    /// What became of it.
    public enum State {
        /// Somebody uses it.
        ACTIVE,
        /// Nobody has used it for [#ACTIVE_FOR]. It may be used again.
        QUIET,
        /// The client ended it.
        ENDED,
        /// The gateway refuses it.
        REVOKED;

        /// Whether requests of it would still be forwarded.
        public boolean isOpen() {
            return this == ACTIVE || this == QUIET;
        }

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public State state(Instant now) {
        if (revokedAt.isPresent()) {
            return State.REVOKED;
        }
        if (endedAt.isPresent()) {
            return State.ENDED;
        }
        return lastSeenAt.toInstant().isBefore(now.minus(ACTIVE_FOR)) ? State.QUIET : State.ACTIVE;
    }

    /// Its software, as far as it said what it is.
    public Optional<String> client() {
        return clientName.map(
                name -> name + clientVersion.map(version -> " " + version).orElse(""));
    }
}

package dev.portcullis.proxy.exchange;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.proxy.mcp.ClientSoftware;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/// Remembers which software began a session, because in the legacy era only `initialize` says so.
///
/// Holds at most 100,000 sessions, each for a day after its last use; a forgotten one only loses its
/// name in the records. Session ids are kept as digests. Safe for all threads.
public final class SessionSoftware {
    private static final int MAX_SESSIONS = 100_000;
    private static final int DIGEST_BYTES = 16;

    private final Cache<String, ClientSoftware> bySession = Caffeine.newBuilder()
            .maximumSize(MAX_SESSIONS)
            .expireAfterAccess(Duration.ofDays(1))
            .build();

    public void remember(String sessionId, ClientSoftware software) {
        bySession.put(digest(sessionId), software);
    }

    public Optional<ClientSoftware> of(String sessionId) {
        return Optional.ofNullable(bySession.getIfPresent(digest(sessionId)));
    }

    /// What stands in for a session id in records.
    public static String digest(String sessionId) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(sessionId.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

package dev.portcullis.proxy.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jwt.SignedJWT;
import dev.portcullis.proxy.identity.Identification.Fault;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// Checks signed tokens (JWT) of the configured identity providers.
///
/// One that was found good is remembered by its digest for a while, so that the usual check is one hash
/// and one look; all others are checked on virtual threads, a bounded number at once for each provider,
/// so that a slow one holds up nobody else's. Safe for all threads.
public final class Tokens {
    /// A longer token is refused unread.
    static final int MAX_LENGTH = 16 * 1024;

    private static final int REMEMBERED = 10_000;
    /// Not for ever: a provider may take a key back.
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(5);
    private final List<Issuer> issuers;
    private final Clock clock;
    private final Executor threads;
    private final Cache<String, Caller.TokenHolder> good = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(REMEMBERED_FOR)
            .build();

    /// @param threads virtual ones; checking a token may wait for keys
    Tokens(List<Issuer> issuers, Clock clock, Executor threads) {
        this.issuers = List.copyOf(issuers);
        this.clock = clock;
        this.threads = threads;
    }

    /// Whether some configured provider claims to have issued it; nothing is checked.
    boolean mayKnow(String token) {
        return parsed(token).filter(read -> !Issuer.of(read, issuers).isEmpty()).isPresent();
    }

    /// @param audiences one of which the token must be meant for
    Identification identify(String token, Set<String> audiences) {
        var digest = digest(token, audiences);
        var remembered = good.getIfPresent(digest);
        if (remembered != null) {
            return clock.instant().isBefore(remembered.tokenEnds())
                    ? new Identification.Known(remembered)
                    : new Identification.Unknown(Fault.TOKEN_EXPIRED);
        }
        var read = parsed(token);
        if (read.isEmpty()) {
            return new Identification.Unknown(Fault.TOKEN_MALFORMED);
        }
        var candidates = Issuer.of(read.get(), issuers);
        if (candidates.isEmpty()) {
            return new Identification.Unknown(Fault.WRONG_ISSUER);
        }
        var places = candidates.getFirst().places();
        if (!places.tryAcquire()) {
            return new Identification.Unverifiable(candidates.getFirst().name());
        }
        return new Identification.Pending(
                CompletableFuture.supplyAsync(() -> check(read.get(), candidates, digest, audiences), threads)
                        .whenComplete((identification, fault) -> places.release()));
    }

    /// Neither unsigned nor encrypted tokens are of this form.
    private static Optional<SignedJWT> parsed(String token) {
        try {
            return token.length() <= MAX_LENGTH ? Optional.of(SignedJWT.parse(token)) : Optional.empty();
        } catch (ParseException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private Identification check(SignedJWT token, List<Issuer> candidates, String digest, Set<String> audiences) {
        Identification last = new Identification.Unknown(Fault.WRONG_ISSUER);
        for (var issuer : candidates) {
            last = issuer.identify(token, audiences);
            if (last instanceof Identification.Known(Caller.TokenHolder holder)) {
                good.put(digest, holder);
                return last;
            }
        }
        return last;
    }

    private static String digest(String token, Set<String> audiences) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            audiences.stream()
                    .sorted()
                    .forEach(audience -> sha.update((audience + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(sha.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

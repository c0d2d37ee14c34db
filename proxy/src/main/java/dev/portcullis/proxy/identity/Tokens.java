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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/// Checks signed tokens (JWT) of the configured identity providers.
///
/// One that was found good is remembered by its digest for a while, so that the usual check is one hash
/// and one look; all others are checked on virtual threads, a bounded number at once. Safe for all
/// threads.
public final class Tokens {
    /// A longer token is refused unread.
    static final int MAX_LENGTH = 16 * 1024;

    private static final int REMEMBERED = 10_000;
    /// Not for ever: a provider may take a key back.
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(5);
    private static final int AT_ONCE = 256;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final List<Issuer> issuers;
    private final Clock clock;
    private final Executor threads;
    private final Semaphore places = new Semaphore(AT_ONCE);
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
        try {
            return token.length() <= MAX_LENGTH
                    && !Issuer.of(SignedJWT.parse(token), issuers).isEmpty();
        } catch (ParseException | RuntimeException e) {
            return false;
        }
    }

    /// @param audiences one of which the token must be meant for
    Identification identify(String token, Set<String> audiences) {
        if (token.length() > MAX_LENGTH) {
            return new Identification.Unknown(Fault.TOKEN_MALFORMED);
        }
        var digest = digest(token, audiences);
        var remembered = good.getIfPresent(digest);
        if (remembered != null) {
            return clock.instant().isBefore(remembered.tokenEnds())
                    ? new Identification.Known(remembered)
                    : new Identification.Unknown(Fault.TOKEN_EXPIRED);
        }
        if (!places.tryAcquire()) {
            return new Identification.Throttled(RETRY);
        }
        return new Identification.Pending(CompletableFuture.supplyAsync(() -> check(token, digest, audiences), threads)
                .whenComplete((identification, fault) -> places.release()));
    }

    private Identification check(String text, String digest, Set<String> audiences) {
        SignedJWT token;
        try {
            token = SignedJWT.parse(text);
        } catch (ParseException | RuntimeException e) {
            // Neither unsigned nor encrypted tokens are of this form.
            return new Identification.Unknown(Fault.TOKEN_MALFORMED);
        }
        Identification last = new Identification.Unknown(Fault.WRONG_ISSUER);
        for (var issuer : Issuer.of(token, issuers)) {
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

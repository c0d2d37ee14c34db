package dev.portcullis.proxy.identity;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.CachingJWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.jwk.source.RateLimitedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// The keys of an identity provider as they are now: fetched anew every few minutes, or when a token names
/// one that is not known yet, and kept for a while when the provider cannot be reached.
///
/// Nimbus' own assembly of the same parts goes by the clock of the system alone. It may wait for keys: for
/// virtual threads only.
final class CurrentKeys implements JWKSource<SecurityContext> {
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(30);

    private final IssuerKeys keys;
    private final JWKSetSource<SecurityContext> cached;
    private final Clock clock;

    /// @param keptFor how long keys are good after they were fetched, when they cannot be fetched anew
    CurrentKeys(IssuerKeys keys, Duration keptFor, Clock clock) {
        this.keys = keys;
        this.clock = clock;
        var tolerant = new OutageTolerantJWKSetSource<>(keys, keptFor.toMillis(), null);
        // Tokens with made-up key ids must not make the gateway hammer the provider.
        var limited = new RateLimitedJWKSetSource<>(tolerant, BETWEEN_FETCHES.toMillis(), null);
        var fresh = keptFor.compareTo(FRESH) < 0 ? keptFor : FRESH;
        this.cached = new CachingJWKSetSource<>(limited, fresh.toMillis(), PATIENCE.toMillis(), null);
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        var now = clock.millis();
        var known = cached.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), now, context);
        var found = selector.select(known);
        if (!found.isEmpty()) {
            return found;
        }
        var others = JWKSetCacheRefreshEvaluator.referenceComparison(known);
        var foundNow = selector.select(cached.getJWKSet(others, now, context));
        if (foundNow.isEmpty() && keys.trouble().isPresent()) {
            // What was kept does not have it, and the provider may.
            throw new JWKSetUnavailableException("a key that is not known, of a provider that cannot be reached");
        }
        return foundNow;
    }
}

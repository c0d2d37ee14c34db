package dev.portcullis.proxy.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.proxy.config.IdentitySettings;
import dev.portcullis.proxy.http.Peer;
import dev.portcullis.proxy.identity.Identification.Fault;
import dev.portcullis.proxy.outbound.OutboundHttp;
import dev.portcullis.secrets.ApiKey;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds out who is calling, in the way the route asks for, before the body is read.
///
/// An Authorization header decides alone: when there is one it must be good, and nothing else is
/// considered. Without it, a client certificate counts. Safe for all threads; never waits.
public final class Authenticator {
    private static final int FINGERPRINT_BYTES = 8;
    /// The scheme is read without regard to case, and the rest is one token without spaces and commas.
    ///
    /// @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750, section 2.1</a>
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]+=*)");

    private static final Pattern SOME_BEARER = Pattern.compile("(?i:bearer)(?: .*|)");

    private final ApiKeys keys;
    private final Tokens tokens;
    private final Certificates certificates;
    private final Throttle throttle;
    private final Clock clock;
    private final Cache<String, Boolean> recentlyGood = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    /// @param http for the keys of identity providers
    /// @param threads virtual ones, for what may have to wait
    public Authenticator(IdentitySettings settings, ApiKeys keys, OutboundHttp http, Clock clock, Executor threads) {
        this.keys = keys;
        this.tokens = new Tokens(
                settings.issuers().stream()
                        .map(issuer -> new Issuer(issuer, http))
                        .toList(),
                clock,
                threads);
        this.certificates = new Certificates(settings.certificates());
        this.throttle = new Throttle(settings.failures());
        this.clock = clock;
    }

    /// Who shows this?
    public Identification identify(Presented presented) {
        return switch (presented.route().authentication()) {
            case OPEN -> new Identification.Known(new Caller.Anonymous());
            case PASSTHROUGH -> passedThrough(presented);
            case GATEWAY -> counted(presented.peer(), identified(presented));
        };
    }

    /// Whether what identified this caller would still do so: its key was not revoked since, say. Cheap;
    /// asked again and again while an exchange is open.
    public boolean isStillValid(Caller caller) {
        return switch (caller) {
            case Caller.Anonymous anonymous -> true;
            case Caller.KeyHolder key -> keys.isStillValid(key);
            case Caller.PassedThrough passed -> isNotOver(passed);
            case Caller.TokenHolder token -> isNotOver(token);
            case Caller.CertificateHolder certificate -> isNotOver(certificate);
        };
    }

    private boolean isNotOver(Caller caller) {
        return caller.expiresAt().map(clock.instant()::isBefore).orElse(true);
    }

    private Identification identified(Presented presented) {
        var shown = presented.headers().first("authorization");
        if (shown.isEmpty()) {
            return presented
                    .peer()
                    .certificate()
                    .map(certificates::identify)
                    .orElseGet(() -> new Identification.Unknown(Fault.NO_CREDENTIAL));
        }
        var token = BEARER.matcher(shown.get());
        if (!token.matches()) {
            return new Identification.Unknown(
                    SOME_BEARER.matcher(shown.get()).matches() ? Fault.TOKEN_MALFORMED : Fault.SCHEME_NOT_ACCEPTED);
        }
        var wait = throttle.wait(presented.peer().address());
        if (wait.isPresent() && recentlyGood.getIfPresent(fingerprint(token.group(1))) == null) {
            // Not looked at, right or wrong. Who was known before stays known, or else one bad client
            // would shut out everybody behind the same address.
            return new Identification.Throttled(wait.get());
        }
        return remembered(
                token.group(1),
                ApiKey.isMeant(token.group(1))
                        ? keys.identify(token.group(1), presented)
                        : tokens.identify(
                                token.group(1),
                                presented.publicUrl().map(Set::of).orElse(Set.of())));
    }

    /// The client's own credential goes on to the upstream. A key of the gateway must not; a token of a
    /// known issuer says who it is, and must be good then.
    private Identification passedThrough(Presented presented) {
        var shown = presented.headers().first("authorization");
        var token = shown.map(BEARER::matcher).filter(Matcher::matches).map(bearer -> bearer.group(1));
        if (shown.filter(text -> text.regionMatches(true, 0, "bearer", 0, 6)).isPresent() && token.isEmpty()) {
            return new Identification.Unknown(Fault.TOKEN_MALFORMED);
        }
        if (token.filter(ApiKey::isMeant).isPresent()) {
            return counted(presented.peer(), new Identification.Unknown(Fault.KEY_NOT_FORWARDED));
        }
        var fingerprint = shown.map(Authenticator::fingerprint);
        if (token.filter(tokens::mayKnow).isEmpty()) {
            return new Identification.Known(new Caller.PassedThrough(fingerprint, Optional.empty()));
        }
        var audiences = Stream.concat(
                        presented.publicUrl().stream(),
                        Stream.of(presented.upstream().toString()))
                .collect(Collectors.toSet());
        return counted(presented.peer(), asPassedThrough(tokens.identify(token.get(), audiences), fingerprint));
    }

    private static Identification asPassedThrough(Identification identification, Optional<String> fingerprint) {
        return switch (identification) {
            case Identification.Known(Caller.TokenHolder holder) ->
                new Identification.Known(new Caller.PassedThrough(fingerprint, Optional.of(holder)));
            case Identification.Pending pending ->
                new Identification.Pending(
                        pending.settled().thenApply(settled -> asPassedThrough(settled, fingerprint)));
            case Identification.Known known -> known;
            case Identification.Unknown unknown -> unknown;
            case Identification.Unverifiable unverifiable -> unverifiable;
            case Identification.Throttled throttled -> throttled;
        };
    }

    private Identification remembered(String credential, Identification identification) {
        if (identification instanceof Identification.Pending pending) {
            return new Identification.Pending(pending.settled().thenApply(settled -> remembered(credential, settled)));
        }
        if (identification instanceof Identification.Known) {
            recentlyGood.put(fingerprint(credential), true);
        }
        return identification;
    }

    /// Notes a failure against the address, now or when it is known. Who shows nothing only asks how to
    /// sign in.
    private Identification counted(Peer peer, Identification identification) {
        if (identification instanceof Identification.Pending pending) {
            return new Identification.Pending(pending.settled().thenApply(settled -> counted(peer, settled)));
        }
        if (identification instanceof Identification.Unknown unknown && unknown.fault() != Fault.NO_CREDENTIAL) {
            throttle.failed(peer.address());
        }
        return identification;
    }

    private static String fingerprint(String credential) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(credential.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

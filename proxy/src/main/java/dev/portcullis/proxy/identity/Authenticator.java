package dev.portcullis.proxy.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.proxy.config.IdentitySettings;
import dev.portcullis.proxy.http.CredentialFields;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.http.HeaderFields.Field;
import dev.portcullis.proxy.identity.Identification.Fault;
import dev.portcullis.proxy.outbound.OutboundHttp;
import dev.portcullis.secrets.ApiKey;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds out who is calling, in the way the route asks for, before the body is read.
///
/// An Authorization header decides alone: when there is one it must be good, and nothing else is
/// considered. Without it, a client certificate counts. Safe for all threads; never waits.
public final class Authenticator {
    /// The scheme is read without regard to case, and the rest is one token without spaces and commas.
    ///
    /// @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750, section 2.1</a>
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]+=*)");

    private static final Pattern BASIC = Pattern.compile("(?i:basic) +([A-Za-z0-9+/]+=*)");

    private static final Pattern SOME_BEARER = Pattern.compile("(?i:bearer)(?: .*|)");

    private final ApiKeys keys;
    private final Revocations revocations;
    private final Tokens tokens;
    private final Certificates certificates;
    private final Fingerprints fingerprints;
    /// Apart, so that a forgotten script with an old key shuts out nobody who signs in.
    private final Throttle keyFailures;

    private final Throttle tokenFailures;
    private final Clock clock;
    private final Cache<String, Boolean> recentlyGood = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    /// @param revocations what was taken back of those who sign in
    /// @param http for the keys of identity providers
    /// @param threads virtual ones, for what may have to wait
    /// @param installationKey a secret that all replicas share
    public Authenticator(
            IdentitySettings settings,
            ApiKeys keys,
            Revocations revocations,
            OutboundHttp http,
            Clock clock,
            Executor threads,
            byte[] installationKey) {
        this.keys = keys;
        this.revocations = revocations;
        this.tokens = new Tokens(
                settings.issuers().stream()
                        .map(issuer -> new Issuer(issuer, http, clock))
                        .toList(),
                clock,
                threads);
        this.certificates = new Certificates(settings.certificates());
        this.fingerprints = new Fingerprints(installationKey);
        this.keyFailures = new Throttle(settings.failures());
        this.tokenFailures = new Throttle(settings.failures());
        this.clock = clock;
    }

    /// Who shows this?
    public Identification identify(Presented presented) {
        return switch (presented.route().authentication()) {
            case OPEN -> new Identification.Known(new Caller.Anonymous());
            case PASSTHROUGH -> unlessRevoked(passedThrough(presented));
            case GATEWAY -> unlessRevoked(identified(presented));
        };
    }

    /// Asked last, also of what was found good before.
    private Identification unlessRevoked(Identification identification) {
        return switch (identification) {
            case Identification.Known known
            when revocations.hasGrantOf(known.caller()) -> new Identification.Unknown(Fault.GRANT_REVOKED);
            case Identification.Pending pending ->
                new Identification.Pending(pending.settled().thenApply(this::unlessRevoked));
            case Identification.Known known -> known;
            case Identification.Unknown unknown -> unknown;
            case Identification.Unverifiable unverifiable -> unverifiable;
            case Identification.Throttled throttled -> throttled;
        };
    }

    /// Whether what identified this caller would still do so: its key was not revoked since, say. Cheap;
    /// asked again and again while an exchange is open.
    public boolean isStillValid(Caller caller) {
        return switch (caller) {
            case Caller.Anonymous anonymous -> true;
            case Caller.KeyHolder key -> keys.isStillValid(key);
            case Caller.PassedThrough passed -> isNotOver(passed) && !revocations.hasGrantOf(passed);
            case Caller.TokenHolder token -> isNotOver(token) && !revocations.hasGrantOf(token);
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
                    .map(certificate -> certificates.identify(certificate, clock.instant()))
                    .orElseGet(() -> new Identification.Unknown(Fault.NO_CREDENTIAL));
        }
        var token = BEARER.matcher(shown.get());
        if (!token.matches()) {
            return new Identification.Unknown(
                    SOME_BEARER.matcher(shown.get()).matches() ? Fault.TOKEN_MALFORMED : Fault.SCHEME_NOT_ACCEPTED);
        }
        return ApiKey.isMeant(token.group(1))
                ? checked(keyFailures, token.group(1), presented, () -> keys.identify(token.group(1), presented))
                : checked(
                        tokenFailures,
                        token.group(1),
                        presented,
                        () -> tokens.identify(
                                token.group(1),
                                presented.publicUrl().map(Set::of).orElse(Set.of())));
    }

    /// The client's own credential goes on to the upstream. A key of the gateway must not, however it is
    /// packed; a token of a known issuer says who it is, and must be good then.
    private Identification passedThrough(Presented presented) {
        var shown = presented.headers().first("authorization");
        var token = shown.map(BEARER::matcher).filter(Matcher::matches).map(bearer -> bearer.group(1));
        if (shown.filter(text -> text.regionMatches(true, 0, "bearer", 0, 6)).isPresent() && token.isEmpty()) {
            return new Identification.Unknown(Fault.TOKEN_MALFORMED);
        }
        if (presented.headers().fields().stream().anyMatch(Authenticator::carriesKey)) {
            return new Identification.Unknown(Fault.KEY_NOT_FORWARDED);
        }
        var fingerprint = fingerprint(presented.headers());
        if (token.filter(tokens::mayKnow).isEmpty()) {
            return new Identification.Known(new Caller.PassedThrough(fingerprint, Optional.empty()));
        }
        var audiences = Stream.concat(
                        presented.publicUrl().stream(),
                        Stream.of(presented.upstream().toString()))
                .collect(Collectors.toSet());
        return asPassedThrough(
                checked(tokenFailures, token.get(), presented, () -> tokens.identify(token.get(), audiences)),
                fingerprint);
    }

    private static boolean carriesKey(Field field) {
        return ApiKey.isIn(field.value())
                || (CredentialFields.contain(field.name())
                        && (ApiKey.isHintedIn(field.value()) || ApiKey.isHintedIn(basic(field.value()))));
    }

    /// What stands in a header of the scheme Basic; nothing when it is none.
    private static String basic(String value) {
        var encoded = BASIC.matcher(value);
        try {
            return encoded.matches()
                    ? new String(Base64.getDecoder().decode(encoded.group(1)), StandardCharsets.UTF_8)
                    : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /// All that the upstream may know the client by, however its scheme is spelled. A token that says
    /// whose it is counts as its holder: the next one is the same caller's.
    private Optional<String> fingerprint(HeaderFields headers) {
        var shown = headers.fields().stream()
                .filter(field -> CredentialFields.contain(field.name()))
                .map(field -> field.name().toLowerCase(Locale.ROOT) + ":" + known(field.value()))
                .sorted()
                .collect(Collectors.joining("\n"));
        return shown.isEmpty() ? Optional.empty() : Optional.of(fingerprints.of(shown));
    }

    private static String known(String value) {
        var token = BEARER.matcher(value);
        return token.matches() ? "bearer " + Holder.namedBy(token.group(1)).orElse(token.group(1)) : value;
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

    /// Looks at a credential, unless too many of its kind that came from there were wrong. Who was known
    /// before stays known, or else one bad client would shut out everybody behind the same address.
    private Identification checked(
            Throttle throttle, String credential, Presented presented, Supplier<Identification> check) {
        var fingerprint = fingerprints.of(credential);
        var address = presented.peer().address();
        var wait = throttle.wait(address);
        if (wait.isPresent() && recentlyGood.getIfPresent(fingerprint) == null) {
            // Not looked at, right or wrong.
            return new Identification.Throttled(wait.get());
        }
        return noted(throttle, fingerprint, address, check.get());
    }

    /// Notes what became of it, now or when it is known.
    private Identification noted(
            Throttle throttle, String fingerprint, InetAddress address, Identification identification) {
        switch (identification) {
            case Identification.Pending pending -> {
                return new Identification.Pending(
                        pending.settled().thenApply(settled -> noted(throttle, fingerprint, address, settled)));
            }
            case Identification.Known known -> recentlyGood.put(fingerprint, true);
            case Identification.Unknown unknown -> {
                if (unknown.fault().isSuspicious()) {
                    throttle.failed(address);
                }
            }
            case Identification.Unverifiable unverifiable -> {
                // It says nothing about who shows it.
            }
            case Identification.Throttled throttled -> {
                // It was not looked at.
            }
        }
        return identification;
    }
}

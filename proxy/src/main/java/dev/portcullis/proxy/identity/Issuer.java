package dev.portcullis.proxy.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import dev.portcullis.policy.Glob;
import dev.portcullis.proxy.config.IssuerSettings;
import dev.portcullis.proxy.identity.Identification.Fault;
import dev.portcullis.proxy.outbound.OutboundHttp;

import java.time.Clock;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Checks the tokens of one identity provider, on Nimbus: type, algorithm, signature by a key that the
/// provider publishes, issuer, audience, times, and whatever else the operator demands.
///
/// It may wait for keys: for virtual threads only.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725, JWT best current practices</a>
final class Issuer {
    private static final Set<String> SCOPES = Set.of("scope", "scp");
    private static final int AT_ONCE = 64;
    private static final int MAX_GROUPS = 200;
    private static final int MAX_TEXT = 200;

    private final IssuerSettings settings;
    private final Clock clock;
    private final IssuerKeys keys;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final DefaultJWTProcessor<SecurityContext> signatures = new DefaultJWTProcessor<>();

    Issuer(IssuerSettings settings, OutboundHttp http, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.keys = new IssuerKeys(settings, http);
        var source = new CurrentKeys(keys, settings.keysKeptFor(), clock);
        var algorithms = settings.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
        signatures.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, source));
        signatures.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        // Times and the rest are checked below, for the route that was called.
        signatures.setJWTClaimsSetVerifier((claims, context) -> {});
    }

    String name() {
        return settings.name();
    }

    /// One for each token that is being checked.
    Semaphore places() {
        return places;
    }

    boolean issues(String issuer) {
        return settings.issuer().equals(issuer);
    }

    /// @param audiences one of which the token must be meant for
    Identification identify(SignedJWT token, Set<String> audiences) {
        try {
            return judge(signatures.process(token, null), audiences);
        } catch (RateLimitReachedException e) {
            return keys.trouble().isPresent() ? unverifiable() : unknown(Fault.TOKEN_NOT_ACCEPTED);
        } catch (KeySourceException e) {
            return unverifiable();
        } catch (BadJOSEException | JOSEException | RuntimeException e) {
            return unknown(Fault.TOKEN_NOT_ACCEPTED);
        }
    }

    private Identification judge(JWTClaimsSet claims, Set<String> audiences) {
        if (claims.getAudience().stream().noneMatch(audiences::contains)) {
            return unknown(Fault.WRONG_AUDIENCE);
        }
        var times =
                new DefaultJWTClaimsVerifier<>(
                        audiences,
                        new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                        Set.of("exp", settings.subjectClaim()),
                        Set.of()) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        times.setMaxClockSkew(Math.toIntExact(settings.clockSkew().toSeconds()));
        try {
            times.verify(claims, null);
        } catch (ExpiredJWTException e) {
            return unknown(Fault.TOKEN_EXPIRED);
        } catch (BadJOSEException e) {
            return unknown(isEarly(claims) ? Fault.TOKEN_EXPIRED : Fault.CLAIMS_NOT_ACCEPTED);
        }
        var subject = text(claims.getClaim(settings.subjectClaim()));
        return subject.isPresent() && saysAllThatIsDemanded(claims)
                ? new Identification.Known(holder(subject.get(), claims))
                : unknown(Fault.CLAIMS_NOT_ACCEPTED);
    }

    private boolean isEarly(JWTClaimsSet claims) {
        return claims.getNotBeforeTime() != null
                && claims.getNotBeforeTime().toInstant().isAfter(clock.instant().plus(settings.clockSkew()));
    }

    private boolean saysAllThatIsDemanded(JWTClaimsSet claims) {
        return settings.claims().entrySet().stream()
                .allMatch(demand -> texts(claims.getClaim(demand.getKey()))
                        .anyMatch(text ->
                                demand.getValue().stream().anyMatch(pattern -> new Glob(pattern).matches(text))));
    }

    private Caller.TokenHolder holder(String subject, JWTClaimsSet claims) {
        var groups = Stream.concat(settings.groups().stream(), groups(claims))
                .distinct()
                .limit(MAX_GROUPS)
                .toList();
        return new Caller.TokenHolder(
                settings.name(),
                subject,
                text(claims.getClaim(settings.nameClaim())).orElse(subject),
                groups,
                Optional.ofNullable(claims.getIssueTime()).map(Date::toInstant),
                claims.getExpirationTime().toInstant().plus(settings.clockSkew()));
    }

    /// A list, or one text that is one group: its name may have spaces in it. Scopes never have.
    private Stream<String> groups(JWTClaimsSet claims) {
        var name = settings.groupsClaim();
        var claim = claims.getClaim(name);
        return (claim instanceof String text && SCOPES.contains(name) ? Stream.of(text.split(" +")) : texts(claim))
                .filter(group -> !group.isBlank() && group.length() <= MAX_TEXT);
    }

    private static Stream<String> texts(@org.jspecify.annotations.Nullable Object claim) {
        return switch (claim) {
            case null -> Stream.empty();
            case Collection<?> several ->
                several.stream().filter(String.class::isInstance).map(String.class::cast);
            case String text -> Stream.of(text);
            case Boolean truth -> Stream.of(truth.toString());
            case Number number -> Stream.of(number.toString());
            case Map<?, ?> object -> Stream.empty();
            default -> Stream.empty();
        };
    }

    private static Optional<String> text(@org.jspecify.annotations.Nullable Object claim) {
        return texts(claim)
                .filter(text -> !text.isBlank()
                        && text.length() <= MAX_TEXT
                        && text.chars().noneMatch(Character::isISOControl))
                .findFirst();
    }

    private Identification unverifiable() {
        return new Identification.Unverifiable(settings.name());
    }

    private static Identification unknown(Fault fault) {
        return new Identification.Unknown(fault);
    }

    @Override
    public String toString() {
        return "issuer " + settings.name();
    }

    /// Those of `issuers` that may have issued it.
    static List<Issuer> of(SignedJWT token, List<Issuer> issuers) {
        try {
            var named = Objects.requireNonNullElse(token.getJWTClaimsSet().getIssuer(), "");
            return issuers.stream().filter(issuer -> issuer.issues(named)).toList();
        } catch (java.text.ParseException e) {
            return List.of();
        }
    }
}

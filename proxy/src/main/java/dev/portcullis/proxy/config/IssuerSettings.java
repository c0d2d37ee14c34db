package dev.portcullis.proxy.config;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An identity provider whose tokens are accepted.
///
/// @param name how subjects of it begin; not `key`, `certificate` or `token`
/// @param issuer exactly what stands in its tokens as `iss`
/// @param keys where its keys are; empty to ask its discovery document
/// @param algorithms of signatures that count; never `none`, never a symmetric one
/// @param subjectClaim whose value is the subject
/// @param nameClaim whose value people know the subject by
/// @param groupsClaim whose value lists its groups
/// @param groups that every caller of it belongs to besides
/// @param claims what else a token must say: for each claim, one of these texts, where `*` stands for
///     any characters
/// @param clockSkew how far its clock may be off
/// @param keysKeptFor how long its keys are good when it cannot be reached
/// @param interactive whether people sign in there, so that MCP clients are sent to it
/// @param scopes that clients are told to ask for
public record IssuerSettings(
        String name,
        String issuer,
        Optional<URI> keys,
        Set<String> algorithms,
        String subjectClaim,
        String nameClaim,
        String groupsClaim,
        List<String> groups,
        Map<String, List<String>> claims,
        Duration clockSkew,
        Duration keysKeptFor,
        boolean interactive,
        List<String> scopes) {
    static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");
    static final Set<String> OTHER_SOURCES = Set.of("key", "certificate", "token");
    static final Range<Duration> CLOCK_SKEW = new Range<>(Duration.ofSeconds(1), Duration.ofMinutes(5));
    static final Range<Duration> KEYS_KEPT_FOR = new Range<>(Duration.ofMinutes(1), Duration.ofDays(7));

    public IssuerSettings {
        if (OTHER_SOURCES.contains(name)) {
            throw Range.wrong("name", name, "none of " + OTHER_SOURCES);
        }
        if (algorithms.isEmpty() || !ALGORITHMS.containsAll(algorithms)) {
            throw Range.wrong("algorithms", algorithms, "some of " + ALGORITHMS);
        }
        CLOCK_SKEW.check("clockSkew", clockSkew);
        KEYS_KEPT_FOR.check("keysKeptFor", keysKeptFor);
        algorithms = Set.copyOf(algorithms);
        groups = List.copyOf(groups);
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
        scopes = List.copyOf(scopes);
    }
}

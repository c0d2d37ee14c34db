package dev.portcullis.standalone.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.configuration.Secret;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// What a token says of itself, read without checking anything: to compare with what is expected. None
/// of it is secret.
///
/// @param issuer `iss`, or empty
/// @param audiences `aud`
/// @param expires `exp`
/// @param begins `nbf`
record TokenClaims(String issuer, List<String> audiences, Optional<Instant> expires, Optional<Instant> begins) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long LATEST_SECOND = 253_402_300_799L;

    TokenClaims {
        audiences = List.copyOf(audiences);
    }

    /// Empty when it is no signed token (JWT).
    static Optional<TokenClaims> of(Secret token) {
        var parts = token.reveal().split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            var claims = JSON.readTree(new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8));
            return claims.isObject() ? Optional.of(of(claims)) : Optional.empty();
        } catch (IllegalArgumentException | JacksonException e) {
            return Optional.empty();
        }
    }

    boolean isMeantFor(String resource) {
        return audiences.contains(resource);
    }

    boolean isOver(Instant now) {
        return expires.filter(end -> end.isBefore(now)).isPresent();
    }

    boolean isEarly(Instant now) {
        return begins.filter(begin -> begin.isAfter(now)).isPresent();
    }

    /// Which of Port's regions issued it.
    Optional<Region> region() {
        return Region.ofUrl(issuer);
    }

    /// For people.
    String describe() {
        return "issuer " + (issuer.isEmpty() ? "(none)" : issuer) + ", audience "
                + (audiences.isEmpty() ? "(none)" : String.join(", ", audiences))
                + expires.map(end -> ", good until " + end).orElse(", without an end");
    }

    private static TokenClaims of(JsonNode claims) {
        var audience = claims.path("aud");
        var audiences = audience.isArray()
                ? audience.valueStream().map(one -> one.asString("")).toList()
                : List.of(audience.asString(""));
        return new TokenClaims(
                claims.path("iss").asString(""),
                audiences.stream().filter(one -> !one.isEmpty()).toList(),
                time(claims.path("exp")),
                time(claims.path("nbf")));
    }

    private static Optional<Instant> time(JsonNode seconds) {
        return Optional.of(seconds.asLong(0))
                .filter(number -> number > 0 && number <= LATEST_SECOND)
                .map(Instant::ofEpochSecond);
    }
}

package dev.portcullis.standalone.doctor;

import dev.portcullis.configuration.Secret;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// What a token says of itself, read without checking anything: to compare with what is expected.
final class TokenReading {
    private static final String TOKEN = "token";
    private static final JsonMapper JSON = new JsonMapper();

    private TokenReading() {}

    /// @param expected the endpoint's `resource`, as its metadata has it
    static List<Finding> compare(Secret token, Optional<String> expected, URI endpoint, Clock clock) {
        var claims = claims(token.reveal());
        if (claims.isEmpty()) {
            return List.of(Finding.skipped(TOKEN, "It is no JWT, so nothing can be read from it"));
        }
        var findings = new ArrayList<Finding>();
        var issuer = claims.get().path("iss").asString("(none)");
        var audience = claims.get().path("aud");
        findings.add(Finding.ok(TOKEN, "It says: issuer " + issuer + ", audience " + audience));
        expected.filter(resource -> !names(audience, resource))
                .ifPresent(resource -> findings.add(Finding.problem(
                        TOKEN,
                        "Its audience is not " + resource + ".",
                        "Ask the identity provider for a token with resource=" + resource + ".")));
        var end = claims.get().path("exp").asLong(0);
        if (end > 0 && Instant.ofEpochSecond(end).isBefore(clock.instant())) {
            findings.add(Finding.problem(TOKEN, "It expired at " + Instant.ofEpochSecond(end) + ".", "Sign in again."));
        }
        region(issuer, endpoint).ifPresent(findings::add);
        return findings;
    }

    /// Port's regions have issuers of their own.
    private static Optional<Finding> region(String issuer, URI endpoint) {
        var isUsToken = issuer.contains("auth.us.getport.io");
        var isEuToken = issuer.contains("auth.getport.io");
        var host = String.valueOf(endpoint.getHost());
        var isUsHost = host.equals("mcp.us.port.io");
        var isEuHost = host.equals("mcp.port.io");
        return (isUsToken && isEuHost) || (isEuToken && isUsHost)
                ? Optional.of(Finding.problem(
                        "region",
                        "The token is of Port's " + (isUsToken ? "US" : "EU") + " region, and " + host
                                + " is the other one.",
                        "Use " + (isUsToken ? "mcp.us.port.io" : "mcp.port.io") + ", or sign in at the other region."))
                : Optional.empty();
    }

    private static boolean names(JsonNode audience, String resource) {
        return audience.isArray()
                ? audience.valueStream().anyMatch(one -> one.asString("").equals(resource))
                : audience.asString("").equals(resource);
    }

    private static Optional<JsonNode> claims(String token) {
        var parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            var text = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            return Optional.of(JSON.readTree(text)).filter(JsonNode::isObject);
        } catch (IllegalArgumentException | JacksonException e) {
            return Optional.empty();
        }
    }
}

package dev.portcullis.proxy.upstream.credential;

import dev.portcullis.configuration.Secret;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.outbound.OutboundHttp;
import dev.portcullis.proxy.outbound.Reach;
import dev.portcullis.proxy.upstream.credential.CredentialException.Kind;
import dev.portcullis.secrets.UpstreamCredential.ClientCredentials;
import dev.portcullis.secrets.UpstreamCredential.PortToken;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Exchanges client credentials for a token. It waits: for virtual threads only.
interface TokenEndpoint {
    /// @throws CredentialException refused when asking again with the same credential is of no use,
    ///     unavailable when it is
    Token fetch() throws CredentialException;

    /// Port's own form: JSON in both directions.
    static TokenEndpoint of(PortToken credential, OutboundHttp http) {
        var body = new LinkedHashMap<String, String>();
        body.put("clientId", credential.clientId());
        body.put("clientSecret", credential.secret().reveal());
        return () -> Exchange.ask(
                http,
                credential.endpoint(),
                "application/json",
                Exchange.JSON.writeValueAsBytes(body),
                "accessToken",
                "expiresIn");
    }

    /// OAuth's form: the client's name and secret stand in the body, as Port has it.
    ///
    /// @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.4.2">RFC 6749, section 4.4.2</a>
    static TokenEndpoint of(ClientCredentials credential, OutboundHttp http) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", credential.clientId());
        form.put("client_secret", credential.secret().reveal());
        credential.scope().ifPresent(scope -> form.put("scope", scope));
        credential.resource().ifPresent(resource -> form.put("resource", resource));
        return () -> Exchange.ask(
                http,
                credential.endpoint(),
                "application/x-www-form-urlencoded",
                Exchange.encoded(form).getBytes(StandardCharsets.US_ASCII),
                "access_token",
                "expires_in");
    }

    /// One request for a token and its answer.
    final class Exchange {
        static final JsonMapper JSON = new JsonMapper();

        private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._~+/=-]{1,16384}");
        private static final int OK = 200;
        private static final int TOO_MANY = 429;
        private static final int USUAL_LIFE_SECONDS = 300;
        private static final int LONGEST_LIFE_SECONDS = 24 * 60 * 60;

        private Exchange() {}

        static Token ask(
                OutboundHttp http, URI endpoint, String contentType, byte[] body, String tokenKey, String lifeKey)
                throws CredentialException {
            try {
                var reply = http.post(endpoint, Reach.NAMED, contentType, body, new HeaderFields(List.of()));
                return reply.status() == OK ? token(reply, tokenKey, lifeKey) : refused(reply.status());
            } catch (IOException e) {
                throw new CredentialException(
                        Kind.UNAVAILABLE, "the token endpoint cannot be asked: " + e.getMessage());
            }
        }

        static String encoded(Map<String, String> form) {
            return form.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
        }

        private static Token token(OutboundHttp.Reply reply, String tokenKey, String lifeKey)
                throws CredentialException {
            var answer = json(reply);
            var value = answer.path(tokenKey).asString("");
            if (!VALUE.matcher(value).matches()) {
                throw new CredentialException(Kind.UNAVAILABLE, "the token endpoint's answer holds no " + tokenKey);
            }
            var life = answer.path(lifeKey).asInt(USUAL_LIFE_SECONDS);
            return new Token(new Secret(value), Duration.ofSeconds(Math.clamp(life, 1, LONGEST_LIFE_SECONDS)));
        }

        private static JsonNode json(OutboundHttp.Reply reply) throws CredentialException {
            try {
                return JSON.readTree(reply.body());
            } catch (JacksonException e) {
                throw new CredentialException(Kind.UNAVAILABLE, "the token endpoint's answer is no JSON");
            }
        }

        private static Token refused(int status) throws CredentialException {
            throw new CredentialException(
                    status >= 400 && status < 500 && status != TOO_MANY ? Kind.REFUSED : Kind.UNAVAILABLE,
                    "the token endpoint answered with HTTP " + status);
        }
    }
}

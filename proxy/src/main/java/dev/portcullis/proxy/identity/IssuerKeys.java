package dev.portcullis.proxy.identity;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import dev.portcullis.proxy.config.IssuerSettings;
import dev.portcullis.proxy.outbound.OutboundHttp;
import dev.portcullis.proxy.outbound.Reach;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Fetches the public keys of an identity provider: from the configured address, or from the one in its
/// discovery document, which must name the very issuer that is configured.
///
/// It waits: for virtual threads only. Caching and what happens in an outage is Nimbus' part.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8414#section-3">RFC 8414, section 3</a>
final class IssuerKeys implements JWKSetSource<SecurityContext> {
    /// A provider has a handful of keys. More than this are a mistake, or an attempt to be expensive.
    static final int MAX_KEYS = 200;

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
    private static final int OK = 200;
    private static final JsonMapper JSON = new JsonMapper();

    private final IssuerSettings settings;
    private final OutboundHttp http;
    private volatile Optional<String> trouble = Optional.empty();

    IssuerKeys(IssuerSettings settings, OutboundHttp http) {
        this.settings = settings;
        this.http = http;
    }

    /// Why the last attempt failed; empty when it did not.
    Optional<String> trouble() {
        return trouble;
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long currentTime, @Nullable SecurityContext context)
            throws KeySourceException {
        try {
            var keys = fetch();
            trouble = Optional.empty();
            return keys;
        } catch (IOException e) {
            trouble = Optional.of(String.valueOf(e.getMessage()));
            throw new JWKSetUnavailableException("issuer " + settings.name() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        // The way out is shared.
    }

    private JWKSet fetch() throws IOException {
        var configured = settings.keys();
        var reply = configured.isPresent() ? http.get(configured.get(), Reach.NAMED) : fetchDiscovered();
        if (reply.status() != OK) {
            throw new IOException("its keys were answered with HTTP " + reply.status());
        }
        var keys = usable(reply.body());
        if (keys.isEmpty()) {
            throw new IOException("none of its keys can be used");
        }
        return new JWKSet(keys);
    }

    private List<JWK> usable(byte[] body) throws IOException {
        try {
            var listed = JSON.readTree(body).path("keys");
            if (!listed.isArray()) {
                throw new IOException("its keys are no JWK set");
            }
            if (listed.size() > MAX_KEYS) {
                throw new IOException(listed.size() + " keys (expected: at most " + MAX_KEYS + ")");
            }
            return listed.valueStream().flatMap(one -> readable(one).stream()).toList();
        } catch (JacksonException e) {
            throw new IOException("its keys are no JWK set", e);
        }
    }

    /// A provider may have keys of kinds that are not known here; they must not spoil the others.
    ///
    /// @see <a href="https://www.rfc-editor.org/rfc/rfc7517#section-5">RFC 7517, section 5</a>
    private Optional<JWK> readable(JsonNode listed) {
        try {
            return Optional.of(JWK.parse(listed.toString()));
        } catch (ParseException | RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("issuer", settings.name())
                    .log("a key of an identity provider cannot be read and is left out");
            return Optional.empty();
        }
    }

    private OutboundHttp.Reply fetchDiscovered() throws IOException {
        var keys = discovered();
        return http.get(keys, reachOf(keys));
    }

    /// What it serves on its own host was named by the operator with the issuer.
    private Reach reachOf(URI keys) {
        var issuer = URI.create(settings.issuer());
        return issuer.getHost().equalsIgnoreCase(keys.getHost()) ? Reach.NAMED : Reach.FOUND;
    }

    private URI discovered() throws IOException {
        IOException last = new IOException("no discovery document");
        for (var place : discoveryPlaces().toList()) {
            try {
                return keysIn(place);
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private URI keysIn(URI place) throws IOException {
        var reply = http.get(place, Reach.NAMED);
        if (reply.status() != OK) {
            throw new IOException(place + " was answered with HTTP " + reply.status());
        }
        try {
            var document = JSON.readTree(reply.body());
            if (!document.path("issuer").asString("").equals(settings.issuer())) {
                throw new IOException(place + " is the document of another issuer: "
                        + document.path("issuer").asString("(none)"));
            }
            return URI.create(document.path("jwks_uri").asString(""));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException(place + " is no discovery document", e);
        }
    }

    private Stream<URI> discoveryPlaces() {
        var issuer = URI.create(settings.issuer());
        var origin = issuer.getScheme() + "://" + issuer.getRawAuthority();
        var path = issuer.getRawPath().equals("/") ? "" : issuer.getRawPath();
        return Stream.of(
                        settings.issuer().replaceFirst("/$", "") + "/.well-known/openid-configuration",
                        origin + "/.well-known/oauth-authorization-server" + path,
                        origin + "/.well-known/openid-configuration" + path)
                .distinct()
                .map(URI::create);
    }
}

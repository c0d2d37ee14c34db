package dev.portcullis.proxy.oauth;

import dev.portcullis.policy.document.Route;
import dev.portcullis.proxy.config.IdentitySettings;
import dev.portcullis.proxy.config.IssuerSettings;
import dev.portcullis.proxy.exchange.EndpointMetadata;
import dev.portcullis.proxy.exchange.OwnAnswer;
import dev.portcullis.proxy.exchange.Refusal.Failure;
import dev.portcullis.proxy.exchange.Stage;
import dev.portcullis.proxy.http.CrossOrigin;
import dev.portcullis.proxy.http.HeaderFields.Field;
import dev.portcullis.proxy.oauth.UpstreamMetadata.Told;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Makes the protected resource metadata of each route.
///
/// Where callers end at the gateway, it names the identity providers at which people sign in. Where
/// their own tokens travel on, it is the upstream's metadata with the gateway's URL as the resource:
/// that is the URL clients were given, and they compare. The authorization servers stay the upstream's,
/// since clients check that those are who they say they are.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-3">RFC 9728, section 3</a>
public final class ResourceMetadata implements EndpointMetadata {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String CACHE_FOR = "max-age=60";

    private final List<IssuerSettings> signIn;
    private final UpstreamMetadata upstreams;

    public ResourceMetadata(IdentitySettings identity, UpstreamMetadata upstreams) {
        this.signIn = identity.interactive();
        this.upstreams = upstreams;
    }

    @Override
    public CompletionStage<Found> of(Stage.Routed routed) {
        var url = routed.screened().endpoint().publicUrl();
        if (url.isEmpty()) {
            // Under a name that is not the gateway's there is no resource to describe.
            return CompletableFuture.completedStage(new Found.None());
        }
        return switch (routed.route().authentication()) {
            case OPEN -> CompletableFuture.completedStage(new Found.None());
            case GATEWAY -> CompletableFuture.completedStage(published(own(routed.route(), url.get())));
            case PASSTHROUGH -> ofUpstream(routed, url.get());
        };
    }

    private ObjectNode own(Route route, String url) {
        var document = JSON.objectNode().put("resource", url);
        if (!signIn.isEmpty()) {
            signIn.stream().map(IssuerSettings::issuer).forEach(document.putArray("authorization_servers")::add);
        }
        var scopes = signIn.stream()
                .flatMap(issuer -> issuer.scopes().stream())
                .distinct()
                .toList();
        if (!scopes.isEmpty()) {
            scopes.forEach(document.putArray("scopes_supported")::add);
        }
        document.putArray("bearer_methods_supported").add("header");
        return document.put("resource_name", route.name());
    }

    private CompletionStage<Found> ofUpstream(Stage.Routed routed, String url) {
        return routed.route().upstream() instanceof Route.Upstream.Sandbox
                // The built-in stand-in asks nobody to sign in.
                ? CompletableFuture.completedStage(new Found.None())
                : upstreams.of(routed.upstream()).thenApply(told -> found(told, routed.upstream(), url));
    }

    private static Found found(Told told, URI upstream, String url) {
        return switch (told) {
            case Told.Nothing nothing -> new Found.None();
            case Told.Trouble trouble -> new Found.Unavailable(trouble.failure());
            case Told.Document document -> rewritten(document.json(), upstream, url);
        };
    }

    /// The document of another resource must not be used: somebody would be led to sign in for it.
    ///
    /// @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-3.3">RFC 9728, section 3.3</a>
    private static Found rewritten(ObjectNode document, URI upstream, String url) {
        var resource = document.path("resource").asString("");
        if (!resource.equals(url) && !covers(resource, upstream)) {
            return new Found.Unavailable(Failure.GARBAGE);
        }
        var own = document.deepCopy().put("resource", url);
        // Its claims take precedence, and are the upstream's.
        own.remove("signed_metadata");
        return published(own);
    }

    /// Whether a resource is the upstream, or a part of it that the upstream's endpoint is in, as the
    /// SDKs of MCP compare.
    static boolean covers(String resource, URI upstream) {
        return UpstreamMetadata.parse(resource)
                .filter(uri -> UpstreamMetadata.isSameOrigin(uri, upstream))
                .map(uri -> uri.getRawPath().replaceFirst("/$", ""))
                .filter(path -> (upstream.getRawPath() + "/").startsWith(path + "/"))
                .isPresent();
    }

    private static Found published(ObjectNode document) {
        return new Found.Published(new OwnAnswer(
                200,
                List.of(
                        new Field("Content-Type", "application/json"),
                        new Field("Cache-Control", CACHE_FOR),
                        CrossOrigin.READABLE_BY_ALL),
                Optional.of(document.toString())));
    }
}

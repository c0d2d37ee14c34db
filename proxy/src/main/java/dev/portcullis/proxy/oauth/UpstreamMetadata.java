package dev.portcullis.proxy.oauth;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.portcullis.proxy.exchange.Refusal.Failure;
import dev.portcullis.proxy.outbound.OutboundHttp;
import dev.portcullis.proxy.outbound.Reach;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/// Knows what upstreams publish about themselves: asks them in the order in which clients would, once
/// for all clients that want to know, and remembers the answer for a while.
///
/// Safe for all threads; never waits. It remembers as many upstreams as routes could reasonably have.
///
/// @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization">MCP,
///     authorization server location</a>
public final class UpstreamMetadata {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamMetadata.class);
    private static final String PROTECTED_RESOURCE = "/.well-known/oauth-protected-resource";
    private static final String AUTHORIZATION_SERVER = "/.well-known/oauth-authorization-server";
    private static final int UPSTREAMS = 1_000;
    private static final int OK = 200;
    private static final int SERVER_ERROR = 500;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final JsonMapper JSON = new JsonMapper();

    private final OutboundHttp http;
    /// Where an upstream said its metadata is, in its last challenge.
    private final Cache<URI, URI> named =
            Caffeine.newBuilder().maximumSize(UPSTREAMS).build();

    private final AsyncLoadingCache<URI, Told> told;

    /// @param threads virtual ones, for what has to wait
    public UpstreamMetadata(OutboundHttp http, Executor threads) {
        this.http = http;
        this.told = Caffeine.newBuilder()
                .maximumSize(UPSTREAMS)
                .executor(threads)
                .expireAfter(Expiry.<URI, Told>creating((upstream, answer) -> lifeOf(answer)))
                .buildAsync(this::ask);
    }

    /// What an upstream tells of itself.
    sealed interface Told {
        /// @param json never to be changed
        record Document(ObjectNode json) implements Told {}

        /// Nobody signs in there, as far as can be seen.
        record Nothing() implements Told {}

        record Trouble(Failure failure) implements Told {}
    }

    CompletionStage<Told> of(URI upstream) {
        return told.get(upstream);
    }

    /// The upstream said where its metadata is.
    void isNamed(URI upstream, String place) {
        parse(place).filter(uri -> !uri.equals(named.getIfPresent(upstream))).ifPresent(uri -> {
            named.put(upstream, uri);
            told.synchronous().invalidate(upstream);
        });
    }

    /// The upstream refuses a token of its own authorization servers, perhaps because it has others now:
    /// whoever wants to sign in again has to learn of them.
    ///
    /// @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization">MCP,
    ///     clients re-register when the authorization server changes</a>
    void refusesToken(URI upstream) {
        told.synchronous().invalidate(upstream);
    }

    static boolean isSameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && portOf(one) == portOf(other);
    }

    /// An absolute http or https URL without user and fragment.
    static Optional<URI> parse(String text) {
        try {
            var uri = new URI(text);
            return Optional.of(uri)
                    .filter(read -> read.getHost() != null
                            && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()))
                            && read.getRawUserInfo() == null
                            && read.getRawFragment() == null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Duration lifeOf(Told answer) {
        return switch (answer) {
            case Told.Document document -> Duration.ofMinutes(5);
            case Told.Nothing nothing -> Duration.ofMinutes(1);
            case Told.Trouble trouble -> Duration.ofSeconds(5);
        };
    }

    private Told ask(URI upstream) {
        var trouble = Optional.<Told>empty();
        for (var place : places(upstream)) {
            try {
                // Its own host was named by an admin; any other only by the upstream itself.
                var reply = http.get(place, isSameOrigin(place, upstream) ? Reach.NAMED : Reach.FOUND);
                if (reply.status() == OK) {
                    return new Told.Document(object(reply));
                }
                if (reply.status() >= SERVER_ERROR) {
                    trouble = Optional.of(new Told.Trouble(Failure.GARBAGE));
                }
            } catch (JacksonException e) {
                trouble = Optional.of(troubled(upstream, Failure.GARBAGE, "no JSON object at " + place));
            } catch (IOException e) {
                trouble = Optional.of(troubled(upstream, Failure.UNREACHABLE, e.toString()));
            }
        }
        return trouble.orElseGet(() -> asAuthorizationServer(upstream));
    }

    private SequencedSet<URI> places(URI upstream) {
        var places = new LinkedHashSet<URI>();
        Optional.ofNullable(named.getIfPresent(upstream)).ifPresent(places::add);
        var path = upstream.getRawPath();
        if (!path.isEmpty() && !path.equals("/")) {
            places.add(upstream.resolve(PROTECTED_RESOURCE + path));
        }
        places.add(upstream.resolve(PROTECTED_RESOURCE));
        return places;
    }

    /// Servers of 2025-03-26 publish nothing about themselves, and are their own authorization servers.
    ///
    /// @see <a href="https://modelcontextprotocol.io/specification/2025-03-26/basic/authorization">MCP of
    ///     2025-03-26, server metadata discovery</a>
    private Told asAuthorizationServer(URI upstream) {
        var place = upstream.resolve(AUTHORIZATION_SERVER);
        try {
            var reply = http.get(place, Reach.NAMED);
            if (reply.status() != OK || !object(reply).has("authorization_endpoint")) {
                return new Told.Nothing();
            }
        } catch (IOException | JacksonException e) {
            return new Told.Nothing();
        }
        var json = JsonNodeFactory.instance.objectNode().put("resource", upstream.toString());
        json.putArray("authorization_servers")
                .add(place.toString().substring(0, place.toString().length() - AUTHORIZATION_SERVER.length()));
        return new Told.Document(json);
    }

    private static ObjectNode object(OutboundHttp.Reply reply) {
        return JSON.readerFor(ObjectNode.class).readValue(reply.body());
    }

    private static Told troubled(URI upstream, Failure failure, String detail) {
        LOG.atInfo()
                .addKeyValue("upstream", upstream.getHost())
                .addKeyValue("detail", detail)
                .log("the upstream's protected resource metadata cannot be had");
        return new Told.Trouble(failure);
    }

    private static int portOf(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS : HTTP;
    }
}

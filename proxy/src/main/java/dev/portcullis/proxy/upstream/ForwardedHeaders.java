package dev.portcullis.proxy.upstream;

import dev.portcullis.policy.Decision.Obligations;
import dev.portcullis.policy.Wishes;
import dev.portcullis.policy.document.Route.Authentication;
import dev.portcullis.proxy.exchange.Stage;
import dev.portcullis.proxy.http.CredentialFields;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.http.HeaderFields.Field;
import dev.portcullis.proxy.http.ShownCredential;
import dev.portcullis.proxy.jsonrpc.JsonRpcMessage;
import dev.portcullis.proxy.mcp.Era;
import dev.portcullis.proxy.mcp.MirroredHeaders;
import dev.portcullis.proxy.mcp.Requests;
import dev.portcullis.secrets.ApiKey;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Which headers cross the gateway.
///
/// Upstream: all but those that belong to one hop, to the gateway's own address, to somebody else's
/// claim about the caller, or to the policy; a credential only on a route that passes it through, and a
/// key of the gateway on none. The control headers are the policy's: what the client sent has been read as a wish and
/// never travels on.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1">RFC 9110, Connection</a>
public final class ForwardedHeaders {
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");
    private static final Set<String> NOT_UPSTREAM = Set.of(
            "host",
            "origin",
            "referer",
            "content-length",
            "content-type",
            "content-encoding",
            "expect",
            "accept-encoding",
            "cookie",
            "dpop",
            "forwarded",
            "via",
            "x-real-ip",
            "x-user",
            "x-remote-user",
            "true-client-ip",
            "cf-connecting-ip",
            "x-http-method",
            "x-http-method-override",
            "x-method-override",
            "x-original-url",
            "x-rewrite-url",
            Wishes.READ_ONLY_HEADER,
            Wishes.ALLOWED_ACTIONS_HEADER);
    private static final Set<String> NOT_DOWNSTREAM = Set.of("content-length", "set-cookie", "alt-svc");
    private static final List<String> FORWARDED_PREFIXES = List.of("x-forwarded-", "sec-fetch-", "portcullis-");

    private static final String SESSION = "mcp-session-id";
    private static final String LAST_EVENT = "last-event-id";

    private ForwardedHeaders() {}

    /// The headers to send upstream.
    public static HeaderFields upstream(HeaderFields received, Authentication authentication, Obligations obligations) {
        var named = namedByConnection(received);
        var ending = authentication == Authentication.PASSTHROUGH
                ? new ShownCredential(Optional.empty())
                : ShownCredential.of(received);
        var kept = new ArrayList<Field>();
        for (var field : received.fields()) {
            var name = field.name().toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(name)
                    && !named.contains(name)
                    && !NOT_UPSTREAM.contains(name)
                    && FORWARDED_PREFIXES.stream().noneMatch(name::startsWith)
                    // A server that takes '_' for '-' would read it as one of the headers above.
                    && name.indexOf('_') < 0
                    && (!CredentialFields.contain(name) || authentication == Authentication.PASSTHROUGH)
                    && !holds(field, ending)) {
                kept.add(field);
            }
        }
        kept.add(new Field("accept-encoding", "identity"));
        obligations
                .upstreamReadOnly()
                .ifPresent(readOnly -> kept.add(new Field(Wishes.READ_ONLY_HEADER, readOnly ? "1" : "0")));
        obligations
                .upstreamAllowedActions()
                .ifPresent(actions -> kept.add(new Field(Wishes.ALLOWED_ACTIONS_HEADER, String.join(",", actions))));
        return new HeaderFields(kept);
    }

    /// The same with what MCP says on this hop: the session by the server's own id, no session and no
    /// resumption in the modern era, and a mirrored name that agrees with a body that was rewritten.
    public static HeaderFields ofHop(Stage.Decided decided, HeaderFields headers) {
        var isLegacy = decided.era() == Era.LEGACY;
        var kept = new ArrayList<>(headers.fields().stream()
                .filter(field -> !field.name().equalsIgnoreCase(SESSION)
                        && (isLegacy || !field.name().equalsIgnoreCase(LAST_EVENT)))
                .toList());
        decided.upstreamSession().ifPresent(session -> kept.add(new Field(SESSION, session)));
        decided.decoded()
                .filter(Stage.Decoded::isRewritten)
                .filter(decoded -> headers.has(MirroredHeaders.NAME))
                .map(Stage.Decoded::opened)
                .filter(JsonRpcMessage.Request.class::isInstance)
                .flatMap(message -> Requests.mirroredName((JsonRpcMessage.Request) message))
                .ifPresent(name -> {
                    kept.removeIf(field -> field.name().equalsIgnoreCase(MirroredHeaders.NAME));
                    kept.add(new Field(MirroredHeaders.NAME, MirroredHeaders.encoded(name)));
                });
        return new HeaderFields(kept);
    }

    /// The same for a message of another kind in the same session: nothing that mirrors the body.
    static HeaderFields ofOtherMessage(HeaderFields headers) {
        var mirrored = Set.of(MirroredHeaders.METHOD, MirroredHeaders.NAME, LAST_EVENT);
        return new HeaderFields(headers.fields().stream()
                .filter(field -> !mirrored.contains(field.name().toLowerCase(Locale.ROOT)))
                .toList());
    }

    /// The headers of a response to pass on to the client; the length is the writer's business.
    public static HeaderFields downstream(HeaderFields received) {
        var named = namedByConnection(received);
        return new HeaderFields(received.fields().stream()
                .filter(field -> {
                    var name = field.name().toLowerCase(Locale.ROOT);
                    return !HOP_BY_HOP.contains(name)
                            && !named.contains(name)
                            && !NOT_DOWNSTREAM.contains(name)
                            // Which pages may read it is the gateway's to say.
                            && !name.startsWith("access-control-")
                            && !name.startsWith("portcullis-");
                })
                .toList());
    }

    /// Whether a field holds what must not cross the gateway, whatever its name is: a key of the gateway, or
    /// the credential that ends here. Some clients send theirs in a field of their own as well.
    private static boolean holds(Field field, ShownCredential ending) {
        return Stream.of(field.name(), field.value()).anyMatch(text -> text.contains(ApiKey.MARK) || ending.isIn(text));
    }

    private static Set<String> namedByConnection(HeaderFields headers) {
        var named = new HashSet<String>();
        for (var value : headers.all("connection")) {
            Arrays.stream(value.split(",", -1))
                    .map(token -> token.strip().toLowerCase(Locale.ROOT))
                    .forEach(named::add);
        }
        return named;
    }
}

package dev.portcullis.proxy.upstream;

import dev.portcullis.policy.document.Route;
import dev.portcullis.proxy.exchange.Stage;
import dev.portcullis.proxy.exchange.Verb;
import dev.portcullis.proxy.http.HeaderFields;

import java.net.URI;
import java.util.UUID;

/// What is sent upstream. The body is the very bytes that were judged.
///
/// @param sandbox whether the target is the built-in stand-in, which the operator placed where it is
/// @param headers complete, without `Host`, `Content-Length` and `Connection`
/// @param awaitsHead whether the response must begin within the time limit; the server's own stream may
///     begin late
@SuppressWarnings("ArrayRecordComponent") // copied nowhere: it goes from the client's socket to the upstream's
public record UpstreamRequest(
        UUID exchange,
        String route,
        URI target,
        boolean sandbox,
        String httpMethod,
        HeaderFields headers,
        byte[] body,
        boolean awaitsHead) {

    /// The request that the policy allowed.
    ///
    /// @param body the body as it was judged; empty for GET and DELETE
    public static UpstreamRequest of(Stage.Decided decided, byte[] body) {
        var routed = decided.identified().routed();
        var screened = routed.screened();
        return new UpstreamRequest(
                screened.received().exchange().value(),
                routed.route().name(),
                routed.upstream(),
                routed.route().upstream() instanceof Route.Upstream.Sandbox,
                screened.verb().name(),
                ForwardedHeaders.upstream(
                        screened.received().headers(),
                        routed.route().authentication(),
                        decided.permit().decision().obligations()),
                body,
                screened.verb() != Verb.GET);
    }
}

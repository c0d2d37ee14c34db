package dev.portcullis.proxy.upstream;

import dev.portcullis.policy.document.Route;
import dev.portcullis.proxy.exchange.Stage;
import dev.portcullis.proxy.exchange.Verb;
import dev.portcullis.proxy.http.HeaderFields;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;

/// What is sent upstream. The body is the very bytes that were judged.
///
/// @param sandbox whether the target is the built-in stand-in, which the operator placed where it is
/// @param headers complete, without `Host`, `Content-Length` and `Connection`
/// @param awaitsHead whether the response must begin within the time limit; a stream of what happens may
///     begin with its first event
/// @param callersEndHere whether the gateway stands between callers and the upstream: it shows its own
///     credential or none, and what the upstream says of that is not for callers
/// @param credential the name of what the gateway shows the upstream
@SuppressWarnings("ArrayRecordComponent") // copied nowhere: it goes from the client's socket to the upstream's
public record UpstreamRequest(
        UUID exchange,
        String route,
        URI target,
        boolean sandbox,
        String httpMethod,
        HeaderFields headers,
        byte[] body,
        boolean awaitsHead,
        boolean callersEndHere,
        Optional<String> credential) {

    /// The same with one more header, in the place of any that the client sent under that name.
    UpstreamRequest with(String name, String value) {
        var kept = new ArrayList<>(headers.fields().stream()
                .filter(field -> !field.name().equalsIgnoreCase(name))
                .toList());
        kept.add(new HeaderFields.Field(name, value));
        return new UpstreamRequest(
                exchange,
                route,
                target,
                sandbox,
                httpMethod,
                new HeaderFields(kept),
                body,
                awaitsHead,
                callersEndHere,
                credential);
    }

    /// The request that the policy allowed.
    ///
    /// @param received the body as it was received; empty for GET and DELETE
    public static UpstreamRequest of(Stage.Decided decided, byte[] received) {
        return of(
                decided,
                decided.identified().routed().screened().verb(),
                decided.rewrittenBody().orElse(received));
    }

    /// What the gateway itself tells the server in place of the client, in the course of an exchange: that
    /// a request of the server was refused.
    ///
    /// @param answer a JSON-RPC response as JSON text
    public static UpstreamRequest answering(Stage.Decided decided, String answer) {
        var request = of(decided, Verb.POST, answer.getBytes(StandardCharsets.UTF_8));
        return new UpstreamRequest(
                request.exchange(),
                request.route(),
                request.target(),
                request.sandbox(),
                request.httpMethod(),
                ForwardedHeaders.ofOtherMessage(request.headers()),
                request.body(),
                true,
                request.callersEndHere(),
                request.credential());
    }

    private static UpstreamRequest of(Stage.Decided decided, Verb verb, byte[] body) {
        var routed = decided.identified().routed();
        var screened = routed.screened();
        return new UpstreamRequest(
                screened.received().exchange().value(),
                routed.route().name(),
                routed.upstream(),
                routed.route().upstream() instanceof Route.Upstream.Sandbox,
                verb.name(),
                ForwardedHeaders.ofHop(
                        decided,
                        ForwardedHeaders.upstream(
                                screened.received().headers(),
                                routed.route().authentication(),
                                decided.permit().decision().obligations())),
                body,
                verb != Verb.GET && !decided.opensStream(),
                routed.route().authentication() != Route.Authentication.PASSTHROUGH,
                routed.route().credential());
    }
}

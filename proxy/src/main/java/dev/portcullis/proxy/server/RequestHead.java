package dev.portcullis.proxy.server;

import dev.portcullis.proxy.exchange.ExchangeId;
import dev.portcullis.proxy.exchange.Refusal;
import dev.portcullis.proxy.exchange.Stage;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.http.Peer;
import dev.portcullis.proxy.tls.ClientCertificate;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

import java.util.Optional;
import java.util.Set;

/// The head of a request, from Netty's form into ours.
final class RequestHead {
    private static final Set<HttpVersion> SPOKEN = Set.of(HttpVersion.HTTP_1_1, HttpVersion.HTTP_1_0);

    private RequestHead() {}

    /// A head as far as it could be read.
    ///
    /// @param fault why it cannot be used
    record Read(Stage.Received received, Optional<Refusal> fault) {}

    /// A new exchange begins with this head. Of one that could not be read, nothing is believed.
    static Read read(Channel channel, HttpRequest request, ExchangeServices services) {
        var readable = request.decoderResult().isSuccess();
        var headers = new HeaderFields(request.headers().entries().stream()
                .map(entry -> new HeaderFields.Field(entry.getKey(), entry.getValue()))
                .toList());
        var direct = peer(channel, request);
        var client = readable && !ProxyLine.isNameless(channel)
                ? services.addresses().client(direct, headers)
                : Optional.of(direct);
        var received = new Stage.Received(
                ExchangeId.next(services.clock()),
                services.clock().instant(),
                readable ? request.method().name() : "-",
                readable ? request.uri() : "",
                headers,
                client.orElse(direct));
        return new Read(received, isUsable(request) ? addressFault(client) : Optional.of(fault(request)));
    }

    private static Optional<Refusal> addressFault(Optional<Peer> client) {
        return client.isPresent()
                ? Optional.empty()
                : Optional.of(
                        new Refusal.BadHttp("The proxy before the gateway says what cannot be read about the client"));
    }

    private static Peer peer(Channel channel, HttpRequest request) {
        var hosts = request.headers().getAll(HttpHeaderNames.HOST);
        return new Peer(
                ProxyLine.addressOf(channel),
                ClientCertificate.isEncrypted(channel) ? "https" : "http",
                hosts.size() == 1 ? Optional.of(hosts.getFirst()) : Optional.empty(),
                ClientCertificate.of(channel));
    }

    /// Whether this is a head of a protocol that is spoken here. The preface of HTTP/2 without TLS looks
    /// like a head of an HTTP that is not.
    static boolean isUsable(HttpRequest request) {
        return request.decoderResult().isSuccess() && SPOKEN.contains(request.protocolVersion());
    }

    private static Refusal fault(HttpRequest request) {
        var cause = request.decoderResult().cause();
        if (cause == null) {
            return new Refusal.BadHttp("This listener speaks HTTP/1.1, and HTTP/2 where TLS agreed on it");
        }
        return cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException
                ? new Refusal.HeadTooLarge()
                : new Refusal.BadHttp("The request is not well-formed HTTP");
    }
}

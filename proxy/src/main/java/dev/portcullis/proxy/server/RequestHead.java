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

import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/// The head of a request, from Netty's form into ours.
final class RequestHead {
    private static final Set<HttpVersion> SPOKEN = Set.of(HttpVersion.HTTP_1_1, HttpVersion.HTTP_1_0);

    private RequestHead() {}

    /// A new exchange begins with this head. Of one that could not be read, nothing is believed.
    static Stage.Received received(Channel channel, HttpRequest request, Clock clock) {
        var readable = request.decoderResult().isSuccess();
        return new Stage.Received(
                ExchangeId.next(clock),
                clock.instant(),
                readable ? request.method().name() : "-",
                readable ? request.uri() : "",
                new HeaderFields(request.headers().entries().stream()
                        .map(entry -> new HeaderFields.Field(entry.getKey(), entry.getValue()))
                        .toList()),
                peer(channel, request));
    }

    private static Peer peer(Channel channel, HttpRequest request) {
        var hosts = request.headers().getAll(HttpHeaderNames.HOST);
        return new Peer(
                ((InetSocketAddress) channel.remoteAddress()).getAddress(),
                ClientCertificate.isEncrypted(channel) ? "https" : "http",
                hosts.size() == 1 ? Optional.of(hosts.getFirst()) : Optional.empty(),
                ClientCertificate.of(channel));
    }

    /// Whether this is a head of a protocol that is spoken here. The preface of HTTP/2 without TLS looks
    /// like a head of an HTTP that is not.
    static boolean isUsable(HttpRequest request) {
        return request.decoderResult().isSuccess() && SPOKEN.contains(request.protocolVersion());
    }

    /// Why a head cannot be used.
    static Refusal fault(HttpRequest request) {
        var cause = request.decoderResult().cause();
        if (cause == null) {
            return new Refusal.BadHttp("This listener speaks HTTP/1.1, and HTTP/2 where TLS agreed on it");
        }
        return cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException
                ? new Refusal.HeadTooLarge()
                : new Refusal.BadHttp("The request is not well-formed HTTP");
    }
}

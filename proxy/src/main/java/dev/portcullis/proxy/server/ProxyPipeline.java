package dev.portcullis.proxy.server;

import dev.portcullis.proxy.tls.ListenerTls;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;

import java.util.Optional;

/// What a client's connection passes through, in order.
final class ProxyPipeline extends ChannelInitializer<Channel> {
    private static final int MAX_REQUEST_LINE = 4 * 1024;
    private static final int MAX_CHUNK = 64 * 1024;

    private final ExchangeServices services;
    private final Optional<ListenerTls> tls;
    private final ChannelGroup http2Connections;
    private final boolean proxyProtocol;

    /// @param tls absent for plain HTTP/1.1
    /// @param http2Connections takes every HTTP/2 connection in
    /// @param proxyProtocol whether every connection begins with a PROXY line
    ProxyPipeline(
            ExchangeServices services,
            Optional<ListenerTls> tls,
            ChannelGroup http2Connections,
            boolean proxyProtocol) {
        this.proxyProtocol = proxyProtocol;
        this.services = services;
        this.tls = tls;
        this.http2Connections = http2Connections;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (proxyProtocol) {
            channel.pipeline()
                    .addLast("line", new HAProxyMessageDecoder())
                    .addLast("proxy", new ProxyLine(services, this::afterLine));
        } else {
            afterLine(channel);
        }
    }

    private void afterLine(Channel channel) {
        if (tls.isPresent()) {
            channel.pipeline()
                    .addLast(
                            "tls",
                            tls.get()
                                    .newHandler(
                                            channel.alloc(), services.limits().requestHead()))
                    // HTTP/2 or HTTP/1.1, as the handshake says.
                    .addLast("protocol", new NegotiatedProtocol(this::http1, this::http2, services));
        } else {
            http1(channel.pipeline());
        }
    }

    private void http1(ChannelPipeline pipeline) {
        // Too long a head is reported in the request it belongs to.
        pipeline.addLast("arrivals", Arrivals.INSTANCE)
                .addLast("http", new HttpServerCodec(decoding()))
                .addLast("exchange", new ExchangeHandler(services));
    }

    private void http2(ChannelPipeline pipeline) {
        Http2Connection.addTo(pipeline, services, http2Connections);
    }

    private HttpDecoderConfig decoding() {
        return new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setMaxHeaderSize(services.limits().headerBytes())
                .setMaxChunkSize(MAX_CHUNK)
                .setAllowDuplicateContentLengths(false)
                // A length beside chunks is refused, not silently dropped.
                .setUseRfc9112TransferEncoding(true)
                // A line ends with CR LF and nothing else.
                .setStrictLineParsing(true)
                .setValidateHeaders(true);
    }
}

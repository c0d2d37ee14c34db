package dev.portcullis.proxy.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;

/// What a client's connection passes through, in order.
final class ProxyPipeline extends ChannelInitializer<Channel> {
    private static final int MAX_REQUEST_LINE = 4 * 1024;
    private static final int MAX_CHUNK = 64 * 1024;

    private final ExchangeServices services;

    ProxyPipeline(ExchangeServices services) {
        this.services = services;
    }

    @Override
    protected void initChannel(Channel channel) {
        channel.pipeline()
                // HTTP/1.1; too long a head is reported in the request it belongs to.
                .addLast("http", new HttpServerCodec(decoding()))
                .addLast("exchange", new ExchangeHandler(services));
    }

    private HttpDecoderConfig decoding() {
        return new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setMaxHeaderSize(services.limits().headerBytes())
                .setMaxChunkSize(MAX_CHUNK)
                .setAllowDuplicateContentLengths(false)
                // A length beside chunks is refused, not silently dropped.
                .setUseRfc9112TransferEncoding(true)
                .setValidateHeaders(true);
    }
}

package dev.portcullis.proxy.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;

import java.util.List;

/// One HTTP/2 stream as one HTTP/1.1 request and its response, so that everything behind it sees one
/// shape. A malformed head becomes a request that could not be read, and nothing after it counts.
///
/// Trailers end the body and are dropped: nobody reads them, so nothing can hide in them.
final class Http2Translation extends Http2StreamFrameToHttpObjectCodec {
    private boolean begun;
    private boolean over;

    Http2Translation() {
        super(true, true);
    }

    @Override
    public boolean acceptInboundMessage(Object message) {
        return message instanceof Http2StreamFrame;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, Http2StreamFrame frame, List<Object> out) throws Exception {
        if (over) {
            return;
        }
        if (frame instanceof Http2HeadersFrame head && !begun) {
            begun = true;
            begin(head, out);
        } else if (frame instanceof Http2HeadersFrame trailers && trailers.isEndStream()) {
            end(out);
        } else if (frame instanceof Http2HeadersFrame) {
            throw new DecoderException("a second head on one stream");
        } else if (frame instanceof Http2DataFrame data) {
            over = data.isEndStream();
            super.decode(ctx, frame, out);
        }
    }

    private void begin(Http2HeadersFrame head, List<Object> out) {
        var request = Http2Head.read(head.headers(), !head.isEndStream());
        out.add(request.orElseGet(Http2Translation::unreadable));
        if (head.isEndStream() || request.isEmpty()) {
            end(out);
        }
    }

    private void end(List<Object> out) {
        over = true;
        out.add(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private static HttpRequest unreadable() {
        var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
        request.setDecoderResult(DecoderResult.failure(new DecoderException("a malformed HTTP/2 head")));
        return request;
    }
}

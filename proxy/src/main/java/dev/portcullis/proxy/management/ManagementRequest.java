package dev.portcullis.proxy.management;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/// A request to the management port, apart from Netty's buffers.
///
/// @param peer where it comes from
record ManagementRequest(HttpMethod method, String uri, HttpHeaders headers, InetAddress peer, String body) {

    static ManagementRequest of(FullHttpRequest request, InetAddress peer) {
        return new ManagementRequest(
                request.method(),
                request.uri(),
                request.headers(),
                peer,
                request.content().toString(StandardCharsets.UTF_8));
    }

    boolean isJson() {
        var type = headers.get(HttpHeaderNames.CONTENT_TYPE);
        return type != null && "application/json".contentEquals(HttpUtil.getMimeType(type));
    }
}

package dev.portcullis.proxy.management;

import static io.netty.handler.codec.http.HttpHeaderNames.ALLOW;
import static io.netty.handler.codec.http.HttpHeaderNames.CACHE_CONTROL;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;

import dev.portcullis.proxy.telemetry.ProxyMetrics;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

import java.util.List;

/// Answers one management connection.
final class ManagementHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(ManagementHandler.class);
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final List<HealthCheck> checks;
    private final ProxyMetrics metrics;

    ManagementHandler(List<HealthCheck> checks, ProxyMetrics metrics) {
        this.checks = checks;
        this.metrics = metrics;
    }

    private record Answer(HttpResponseStatus status, String mediaType, String body) {}

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        var answer = isReadable(request) ? answer(new QueryStringDecoder(request.uri()).path()) : refusal(request);
        var keepAlive = HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
        var response = response(context, answer, HttpMethod.HEAD.equals(request.method()));
        HttpUtil.setKeepAlive(response, keepAlive);
        var written = context.writeAndFlush(response);
        if (!keepAlive) {
            var _ = written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.atDebug().setCause(cause).log("management connection closed");
        var _ = context.close();
    }

    private static boolean isReadable(FullHttpRequest request) {
        return request.decoderResult().isSuccess()
                && (HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method()));
    }

    private static Answer refusal(FullHttpRequest request) {
        return request.decoderResult().isSuccess()
                ? new Answer(HttpResponseStatus.METHOD_NOT_ALLOWED, TEXT, "GET and HEAD only\n")
                : new Answer(HttpResponseStatus.BAD_REQUEST, TEXT, "not HTTP\n");
    }

    private Answer answer(String path) {
        return switch (path) {
            case "/livez" -> new Answer(HttpResponseStatus.OK, TEXT, "alive\n");
            case "/readyz" -> readiness();
            case "/metrics" -> new Answer(HttpResponseStatus.OK, PROMETHEUS, metrics.scrape());
            default -> new Answer(HttpResponseStatus.NOT_FOUND, TEXT, "/livez, /readyz and /metrics are here\n");
        };
    }

    private Answer readiness() {
        var results = checks.stream().map(HealthCheck::check).toList();
        var worst = HealthCheck.worst(results);
        var body = JsonNodeFactory.instance.objectNode().put("status", worst.wireName());
        var list = body.putArray("checks");
        results.forEach(result -> list.addObject()
                .put("name", result.name())
                .put("status", result.status().wireName())
                .put("detail", result.detail()));
        return new Answer(
                worst == HealthCheck.Status.FAIL ? HttpResponseStatus.SERVICE_UNAVAILABLE : HttpResponseStatus.OK,
                JSON,
                JsonMapper.shared().writeValueAsString(body) + "\n");
    }

    private static FullHttpResponse response(ChannelHandlerContext context, Answer answer, boolean headOnly) {
        var body = ByteBufUtil.writeUtf8(context.alloc(), answer.body());
        int length = body.readableBytes();
        if (headOnly) {
            body.clear();
        }
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, answer.status(), body);
        response.headers()
                .set(CONTENT_TYPE, answer.mediaType())
                .set(CONTENT_LENGTH, length)
                .set(CACHE_CONTROL, "no-store");
        if (answer.status().equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
            response.headers().set(ALLOW, "GET, HEAD");
        }
        return response;
    }
}

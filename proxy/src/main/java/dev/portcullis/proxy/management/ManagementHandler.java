package dev.portcullis.proxy.management;

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
import tools.jackson.databind.node.JsonNodeFactory;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// Answers one management connection.
final class ManagementHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(ManagementHandler.class);
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final List<HealthCheck> checks;
    private final ProxyMetrics metrics;
    private final Optional<KillEndpoint> kills;

    ManagementHandler(List<HealthCheck> checks, ProxyMetrics metrics, Optional<KillEndpoint> kills) {
        this.checks = checks;
        this.metrics = metrics;
        this.kills = kills;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (!request.decoderResult().isSuccess()) {
            write(context, ManagementAnswer.text(HttpResponseStatus.BAD_REQUEST, "not HTTP\n"), false, false);
            return;
        }
        var path = new QueryStringDecoder(request.uri()).path();
        kills.filter(endpoint -> KillEndpoint.isAbout(path))
                .ifPresentOrElse(endpoint -> kill(context, endpoint, request), () -> look(context, path, request));
    }

    /// Obeying a kill takes its time, and health is to be seen meanwhile. The connection serves nothing after
    /// it, so that answers keep their order.
    private static void kill(ChannelHandlerContext context, KillEndpoint endpoint, FullHttpRequest received) {
        var request = ManagementRequest.of(
                received, ((InetSocketAddress) context.channel().remoteAddress()).getAddress());
        context.channel().config().setAutoRead(false);
        Thread.startVirtualThread(() -> {
            var answer = answer(endpoint, request);
            context.executor().execute(() -> write(context, answer, false, false));
        });
    }

    private static ManagementAnswer answer(KillEndpoint endpoint, ManagementRequest request) {
        try {
            return endpoint.answer(request);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("the kill switch of this replica failed");
            return ManagementAnswer.problem(
                    HttpResponseStatus.INTERNAL_SERVER_ERROR, "This failed; the log of the replica says why.");
        }
    }

    private void look(ChannelHandlerContext context, String path, FullHttpRequest request) {
        var isReading = HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method());
        write(
                context,
                isReading ? answer(path) : ManagementAnswer.notAllowed("GET, HEAD"),
                HttpUtil.isKeepAlive(request),
                HttpMethod.HEAD.equals(request.method()));
    }

    private static void write(
            ChannelHandlerContext context, ManagementAnswer answer, boolean keepAlive, boolean headOnly) {
        var response = response(context, answer, headOnly);
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

    private ManagementAnswer answer(String path) {
        return switch (path) {
            case "/livez" -> ManagementAnswer.text(HttpResponseStatus.OK, "alive\n");
            case "/readyz" -> readiness();
            case "/metrics" -> new ManagementAnswer(HttpResponseStatus.OK, PROMETHEUS, metrics.scrape());
            default -> ManagementAnswer.text(HttpResponseStatus.NOT_FOUND, "/livez, /readyz and /metrics are here\n");
        };
    }

    private ManagementAnswer readiness() {
        var results = checks.stream().map(HealthCheck::check).toList();
        var worst = HealthCheck.worst(results);
        var body = JsonNodeFactory.instance.objectNode().put("status", worst.wireName());
        var list = body.putArray("checks");
        results.forEach(result -> list.addObject()
                .put("name", result.name())
                .put("status", result.status().wireName())
                .put("detail", result.detail()));
        return ManagementAnswer.json(
                worst == HealthCheck.Status.FAIL ? HttpResponseStatus.SERVICE_UNAVAILABLE : HttpResponseStatus.OK,
                body);
    }

    private static FullHttpResponse response(ChannelHandlerContext context, ManagementAnswer answer, boolean headOnly) {
        var body = ByteBufUtil.writeUtf8(context.alloc(), answer.body());
        int length = body.readableBytes();
        if (headOnly) {
            body.clear();
        }
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, answer.status(), body);
        response.headers().set(CACHE_CONTROL, "no-store").add(answer.headers());
        if (!answer.status().equals(HttpResponseStatus.NO_CONTENT)) {
            response.headers().set(CONTENT_TYPE, answer.mediaType()).set(CONTENT_LENGTH, length);
        }
        return response;
    }
}

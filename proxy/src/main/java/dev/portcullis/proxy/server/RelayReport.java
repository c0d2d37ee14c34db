package dev.portcullis.proxy.server;

import dev.portcullis.proxy.audit.Outcome;
import dev.portcullis.proxy.exchange.Refusal;
import dev.portcullis.proxy.exchange.Stage;
import dev.portcullis.proxy.telemetry.ProxyMetrics;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// Takes what the relay of one exchange reports back to the connection it belongs to.
final class RelayReport implements ResponseRelay.Ended {
    private final ExchangeHandler connection;
    private final Forwarding forwarding;
    private final ChannelHandlerContext ctx;
    private final OpenExchange exchange;
    private final String route;
    private final ProxyMetrics metrics;
    private final long sentNanos = System.nanoTime();

    RelayReport(
            ExchangeHandler connection,
            Forwarding forwarding,
            ChannelHandlerContext ctx,
            OpenExchange exchange,
            String route,
            ProxyMetrics metrics) {
        this.connection = connection;
        this.forwarding = forwarding;
        this.ctx = ctx;
        this.exchange = exchange;
        this.route = route;
        this.metrics = metrics;
    }

    @Override
    public void upstreamAnswered() {
        metrics.upstreamAnswered(route, Duration.ofNanos(System.nanoTime() - sentNanos));
    }

    @Override
    public void relayed(Outcome outcome, Optional<Refusal> refusal, OptionalInt upstreamStatus, ChannelFuture last) {
        connection.answered(ctx, exchange, outcome, refusal, upstreamStatus, last);
    }

    @Override
    public void answersServer(Stage.Decided decided, String answer) {
        forwarding.answerServer(ctx, decided, answer);
    }

    @Override
    public void refused(Refusal refusal, OptionalInt upstreamStatus) {
        connection.refuse(ctx, exchange, refusal, upstreamStatus);
    }
}

package dev.portcullis.proxy.server;

import dev.portcullis.policy.Eventual;
import dev.portcullis.proxy.exchange.Refusal;
import dev.portcullis.proxy.exchange.Stage;
import dev.portcullis.proxy.exchange.Verb;
import dev.portcullis.proxy.upstream.UpstreamRequest;
import io.netty.channel.ChannelHandlerContext;

import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/// Sends the admitted requests of one client connection upstream, and has their responses relayed.
final class Forwarding {
    private final ExchangeServices services;
    private final ExchangeHandler connection;
    private final Admission admission;

    Forwarding(ExchangeServices services, ExchangeHandler connection, Admission admission) {
        this.services = services;
        this.connection = connection;
        this.admission = admission;
    }

    /// Sends the request when its intent is durable, unless its caller holds too many streams open for one more.
    void forward(ChannelHandlerContext ctx, OpenExchange exchange, Stage.Decided decided) {
        exchange.reached(decided);
        if (mayBecomeStream(decided)
                && services.exchanges().streams().isFull(CallerStreams.Key.of(decided.identified()))) {
            var awaited = decided.decoded().flatMap(decoded -> decoded.message().id());
            connection.refuse(ctx, exchange, new Refusal.TooManyStreams(awaited), OptionalInt.empty());
            return;
        }
        if (isStream(decided)) {
            exchange.becomesStream(services.exchanges().streams());
        }
        switch (exchange.admit()) {
            case Eventual.Now<Boolean>(Boolean isDurable) -> admitted(ctx, exchange, decided, isDurable);
            case Eventual.Later<Boolean>(CompletionStage<Boolean> durable) ->
                durable.whenComplete((isDurable, fault) ->
                        resume(ctx, exchange, decided, fault == null && Boolean.TRUE.equals(isDurable)));
        }
        // Reading on is how it is noticed that the client leaves.
        ctx.read();
    }

    /// Goes on when the client still waits.
    private void resume(ChannelHandlerContext ctx, OpenExchange exchange, Stage.Decided decided, boolean isDurable) {
        if (!connection.isCurrent(ctx, exchange)) {
            return;
        }
        try {
            admitted(ctx, exchange, decided, isDurable);
        } catch (RuntimeException | StackOverflowError e) {
            connection.exceptionCaught(ctx, e);
        }
    }

    /// The policy may have changed while the intent was written: then the request is admitted again.
    private void admitted(ChannelHandlerContext ctx, OpenExchange exchange, Stage.Decided decided, boolean isDurable) {
        if (!isDurable) {
            connection.refuse(ctx, exchange, new Refusal.NotRecordable(), OptionalInt.empty());
        } else if (services.admission().isInForce(decided)) {
            send(ctx, exchange, decided);
        } else {
            admission.settle(
                    ctx,
                    exchange,
                    services.admission().admitAgain(decided, exchange.body().toByteArray(), ctx.executor()),
                    again -> send(ctx, exchange, again));
        }
    }

    private void send(ChannelHandlerContext ctx, OpenExchange exchange, Stage.Decided decided) {
        var relay = new ResponseRelay(
                decided,
                exchange.response(),
                services,
                new RelayReport(
                        connection, this, ctx, exchange, decided.permit().route(), services.metrics()));
        exchange.forwards(relay);
        relay.relays(services.forwarder()
                .forward(
                        decided.permit(),
                        UpstreamRequest.of(decided, exchange.body().toByteArray()),
                        ctx.channel().eventLoop(),
                        relay));
    }

    /// Sends the server an answer of the gateway's own, under the permit of the exchange in which it asked.
    void answerServer(ChannelHandlerContext ctx, Stage.Decided decided, String answer) {
        services.forwarder()
                .forward(
                        decided.permit(),
                        UpstreamRequest.answering(decided, answer),
                        ctx.channel().eventLoop(),
                        new UnheardResponse());
    }

    private static boolean isStream(Stage.Decided decided) {
        return decided.identified().routed().screened().verb() == Verb.GET;
    }

    /// Answers and notifications always pass: they are what open streams wait for.
    private static boolean mayBecomeStream(Stage.Decided decided) {
        return isStream(decided)
                || decided.decoded().flatMap(decoded -> decoded.message().id()).isPresent();
    }
}

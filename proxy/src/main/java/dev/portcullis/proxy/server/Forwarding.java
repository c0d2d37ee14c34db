package dev.portcullis.proxy.server;

import dev.portcullis.proxy.exchange.Refusal;
import dev.portcullis.proxy.exchange.Stage;
import dev.portcullis.proxy.exchange.Verb;
import dev.portcullis.proxy.upstream.UpstreamRequest;
import io.netty.channel.ChannelHandlerContext;

import java.util.OptionalInt;

/// Sends the admitted requests of one client connection upstream, and has their responses relayed.
final class Forwarding {
    private final ExchangeServices services;
    private final ExchangeHandler connection;

    Forwarding(ExchangeServices services, ExchangeHandler connection) {
        this.services = services;
        this.connection = connection;
    }

    /// Sends the request, unless its caller holds too many streams open for one more.
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
        send(ctx, exchange, decided);
        // Reading on is how it is noticed that the client leaves.
        ctx.read();
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

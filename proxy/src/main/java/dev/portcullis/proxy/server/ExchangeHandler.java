package dev.portcullis.proxy.server;

import dev.portcullis.proxy.audit.Outcome;
import dev.portcullis.proxy.exchange.Refusal;
import dev.portcullis.proxy.exchange.Stage;
import dev.portcullis.proxy.exchange.Verb;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2ResetFrame;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/// Leads the requests of one client connection through the gateway, one at a time.
///
/// It opens the exchange, collects the body, asks [dev.portcullis.proxy.exchange.AdmissionFlow],
/// forwards with the permit or refuses, and ends the exchange once. It takes one message at a time from
/// the connection: the next one is read when this one is dealt with, so a client that sends too much
/// waits in its own socket.
final class ExchangeHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ExchangeHandler.class);
    private static final long DRAIN_LIMIT = 64L * 1024 * 1024;
    private static final long DRAIN_MILLIS = TimeUnit.SECONDS.toMillis(10);
    private static final long WATCH_MILLIS = TimeUnit.MINUTES.toMillis(10);

    private final ExchangeServices services;
    private Phase phase = Phase.IDLE;
    private @Nullable OpenExchange exchange;
    private Stage.@Nullable Identified awaitingBody;
    private final Inbox inbox = new Inbox();
    private final Deadline deadline = new Deadline();
    private final Lifetime lifetime;
    private final Forwarding forwarding;
    private final Admission admission;
    private boolean headBegun;
    private boolean inputOver;
    private boolean requestIsRead = true;
    private boolean closeAfterResponse;
    private long drained;

    ExchangeHandler(ExchangeServices services) {
        this.services = services;
        this.lifetime = new Lifetime(services.limits().streams());
        this.admission = new Admission(this);
        this.forwarding = new Forwarding(services, this, admission);
    }

    /// A connection is open before this handler is there.
    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        becomeIdle(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        inbox.add(message);
        work(ctx);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (phase != Phase.ANSWER) {
            ctx.read();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (exchange != null) {
            exchange.relay().ifPresent(ResponseRelay::writabilityChanged);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == Arrivals.Bytes.CAME) {
            bytesCame(ctx);
        } else if (event == ChannelInputShutdownEvent.INSTANCE) {
            inputEnded(ctx);
        } else if (event instanceof Http2ResetFrame) {
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        deadline.cancel();
        inbox.clear();
        var leaving = exchange;
        if (leaving == null) {
            return;
        }
        if (leaving.relay().isPresent()) {
            var relay = leaving.relay().get();
            relay.clientLeft();
            if (!relay.isOver()) {
                deadline.set(ctx, WATCH_MILLIS, relay::giveUp);
            }
        } else {
            end(leaving, Outcome.CANCELLED, Optional.empty(), OptionalInt.empty());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof Http2Exception) {
            // The stream is about to be reset with the error it names.
            return;
        }
        if (Departure.isCause(cause)) {
            ctx.close();
            return;
        }
        LOG.atError()
                .setCause(cause)
                .addKeyValue("exchange", exchange == null ? "none" : exchange.id())
                .log("internal fault");
        if (exchange != null && !exchange.response().hasBegun()) {
            closeAfterResponse = true;
            exchange.relay().ifPresent(ResponseRelay::abandon);
            refuse(ctx, exchange, new Refusal.InternalFault(), OptionalInt.empty());
        } else {
            ctx.close();
        }
    }

    /// A head that was begun has to come in time.
    private void bytesCame(ChannelHandlerContext ctx) {
        if (phase == Phase.IDLE && !headBegun) {
            headBegun = true;
            deadline.set(ctx, services.limits().requestHead().toMillis(), ctx::close);
        }
    }

    /// The client sends no more; it may have left, or wait for the response.
    private void inputEnded(ChannelHandlerContext ctx) {
        inputOver = true;
        var answering = exchange;
        if (phase != Phase.ANSWER || answering == null || !Departure.mayStillListen(answering)) {
            ctx.close();
        } else if (answering.relay().isPresent()) {
            deadline.set(ctx, WATCH_MILLIS, answering.relay().get()::giveUp);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        deadline.cancel();
        phase = Phase.ANSWER;
        requestIsRead = false;
        drained = 0;
        closeAfterResponse = !HttpUtil.isKeepAlive(request)
                || !request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                || !RequestHead.isUsable(request);
        var head = RequestHead.read(ctx.channel(), request, services);
        var received = head.received();
        var response = new DownstreamResponse(
                ctx,
                received.exchange(),
                request.protocolVersion(),
                !closeAfterResponse,
                services.crossOrigin().exposing(received.headers()),
                () -> current().becomesStream(services.exchanges().streams()));
        var slot = services.audit().reserve(received.exchange().value(), received.at());
        if (slot.isEmpty()) {
            response.refuse(new Refusal.NotRecordable()).addListener(done -> next(ctx));
            return;
        }
        var opened = new OpenExchange(
                received, ctx.channel().eventLoop(), slot.get(), response, services.asked(), services.clock());
        exchange = opened;
        lifetime.begin(ctx, response, () -> expire(ctx, opened));
        if (!slot.get().hasRoom()) {
            refuse(ctx, opened, new Refusal.NotRecordable(), OptionalInt.empty());
        } else if (!services.exchanges().add(opened)) {
            refuse(ctx, opened, new Refusal.Overloaded(), OptionalInt.empty());
        } else if (head.fault().isPresent()) {
            refuse(ctx, opened, head.fault().get(), OptionalInt.empty());
        } else {
            admission.settle(
                    ctx,
                    opened,
                    services.admission().admitHead(received, ctx.executor()),
                    identified -> headAdmitted(ctx, opened, identified, request));
        }
    }

    private void headAdmitted(
            ChannelHandlerContext ctx, OpenExchange opened, Stage.Identified identified, HttpRequest request) {
        if (HttpUtil.getContentLength(request, 0L) > services.limits().bodyBytes()) {
            refuse(ctx, opened, new Refusal.BodyTooLarge(services.limits().bodyBytes()), OptionalInt.empty());
            return;
        }
        awaitBody(ctx, identified, request);
        // It may have been admitted long after it came.
        goOn(ctx);
    }

    private void awaitBody(ChannelHandlerContext ctx, Stage.Identified identified, HttpRequest request) {
        phase = Phase.BODY;
        awaitingBody = identified;
        if (HttpUtil.is100ContinueExpected(request)) {
            ctx.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
        deadline.set(ctx, services.limits().idle().toMillis(), () -> {
            closeAfterResponse = true;
            refuse(ctx, current(), new Refusal.BodyTooSlow(), OptionalInt.empty());
        });
    }

    private void content(ChannelHandlerContext ctx, HttpContent content) {
        var isLast = content instanceof LastHttpContent;
        if (content.decoderResult().isFailure()) {
            closeAfterResponse = true;
            if (phase == Phase.BODY) {
                refuse(ctx, current(), new Refusal.BadHttp("The body is not well-formed HTTP"), OptionalInt.empty());
            } else {
                ctx.close();
            }
            return;
        }
        requestIsRead |= isLast;
        switch (phase) {
            case BODY -> collect(ctx, content, isLast);
            case DRAIN -> drain(ctx, content, isLast);
            case ANSWER, IDLE -> throw new IllegalStateException("content without a request");
        }
    }

    private void collect(ChannelHandlerContext ctx, HttpContent content, boolean isLast) {
        var collecting = current();
        var buffer = content.content();
        if (collecting.body().size() + buffer.readableBytes()
                > services.limits().bodyBytes()) {
            refuse(ctx, collecting, new Refusal.BodyTooLarge(services.limits().bodyBytes()), OptionalInt.empty());
            return;
        }
        if (!services.exchanges().hold(collecting, buffer.readableBytes())) {
            refuse(ctx, collecting, new Refusal.Overloaded(), OptionalInt.empty());
            return;
        }
        collecting.body().writeBytes(io.netty.buffer.ByteBufUtil.getBytes(buffer));
        if (isLast) {
            deadline.cancel();
            phase = Phase.ANSWER;
            admitBody(ctx, collecting);
        }
    }

    private void admitBody(ChannelHandlerContext ctx, OpenExchange admitting) {
        var identified = awaitingBody;
        awaitingBody = null;
        if (identified == null) {
            throw new IllegalStateException("a body without an admitted head");
        }
        var flow = services.admission();
        var step = identified.routed().screened().verb() == Verb.POST
                ? flow.admitBody(identified, admitting.body().toByteArray(), ctx.executor())
                : flow.admitWithoutBody(identified, ctx.executor());
        admission.settle(ctx, admitting, step, decided -> forwarding.forward(ctx, admitting, decided));
    }

    /// Whether the client still waits for this exchange to go on, and has not been answered by somebody else.
    boolean isCurrent(ChannelHandlerContext ctx, OpenExchange asked) {
        return exchange == asked
                && ctx.channel().isActive()
                && !asked.response().hasBegun();
    }

    /// It lasts too long, or is silent for too long.
    private void expire(ChannelHandlerContext ctx, OpenExchange expiring) {
        LOG.atInfo().addKeyValue("exchange", expiring.id()).log("exchange ended by a limit of time");
        expiring.relay().filter(relay -> !relay.isOver()).ifPresentOrElse(ResponseRelay::giveUp, ctx::close);
    }

    void refuse(ChannelHandlerContext ctx, OpenExchange refusing, Refusal refusal, OptionalInt upstreamStatus) {
        deadline.cancel();
        phase = Phase.ANSWER;
        awaitingBody = null;
        LOG.atInfo()
                .addKeyValue("exchange", refusing.id())
                .addKeyValue("refusal", refusal.key())
                .log("refused");
        var sent = refusing.response().refuse(refusal);
        answered(ctx, refusing, Outcomes.of(refusal), Optional.of(refusal), upstreamStatus, sent);
    }

    /// Records the exchange when its last byte is out, and turns to the next request.
    void answered(
            ChannelHandlerContext ctx,
            OpenExchange answered,
            Outcome outcome,
            Optional<Refusal> refusal,
            OptionalInt upstreamStatus,
            ChannelFuture sent) {
        sent.addListener(done -> {
            end(answered, outcome, refusal, upstreamStatus);
            if (!ctx.channel().isActive()) {
                deadline.cancel();
            }
            if (exchange == answered) {
                exchange = null;
                lifetime.end();
                next(ctx);
            }
        });
    }

    private void end(OpenExchange ending, Outcome outcome, Optional<Refusal> refusal, OptionalInt upstreamStatus) {
        ending.end(outcome, refusal, upstreamStatus);
        services.exchanges().remove(ending);
    }

    private void next(ChannelHandlerContext ctx) {
        if (!ctx.channel().isActive()) {
            return;
        }
        if (!requestIsRead) {
            phase = Phase.DRAIN;
            deadline.set(ctx, DRAIN_MILLIS, ctx::close);
            goOn(ctx);
        } else if (closeAfterResponse || (inputOver && inbox.isEmpty())) {
            ctx.close();
        } else {
            becomeIdle(ctx);
        }
    }

    /// A client that is still sending would not see the answer if the connection were closed under it.
    private void drain(ChannelHandlerContext ctx, HttpContent content, boolean isLast) {
        drained += content.content().readableBytes();
        if (isLast) {
            deadline.cancel();
            next(ctx);
        } else if (drained > DRAIN_LIMIT) {
            ctx.close();
        }
    }

    private void becomeIdle(ChannelHandlerContext ctx) {
        phase = Phase.IDLE;
        headBegun = false;
        deadline.set(ctx, services.limits().idle().toMillis(), ctx::close);
        goOn(ctx);
    }

    /// Deals with what has come already, and reads more if more is wanted.
    private void goOn(ChannelHandlerContext ctx) {
        work(ctx);
        if (phase != Phase.ANSWER) {
            ctx.read();
        }
    }

    /// Takes messages in order, and none while an answer is on its way: what a client sends ahead
    /// waits. What is left when the connection is closed is nobody's request any more.
    private void work(ChannelHandlerContext ctx) {
        inbox.work(() -> phase != Phase.ANSWER && ctx.channel().isActive(), message -> {
            try {
                take(ctx, message);
            } catch (RuntimeException | StackOverflowError e) {
                exceptionCaught(ctx, e);
            }
        });
    }

    private void take(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request) {
            begin(ctx, request);
        }
        if (message instanceof HttpContent content) {
            try {
                content(ctx, content);
            } finally {
                content.release();
            }
        }
    }

    private OpenExchange current() {
        if (exchange == null) {
            throw new IllegalStateException("no exchange is open");
        }
        return exchange;
    }
}

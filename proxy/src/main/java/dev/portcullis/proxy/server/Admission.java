package dev.portcullis.proxy.server;

import dev.portcullis.proxy.audit.Outcome;
import dev.portcullis.proxy.exchange.Stage;
import dev.portcullis.proxy.exchange.Step;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Acts on what [dev.portcullis.proxy.exchange.AdmissionFlow] says about the requests of one client
/// connection, at once or when it is known.
final class Admission {
    private final ExchangeHandler connection;

    Admission(ExchangeHandler connection) {
        this.connection = connection;
    }

    /// @param passed goes on with the stage that was reached
    <S extends Stage> void settle(ChannelHandlerContext ctx, OpenExchange exchange, Step<S> step, Consumer<S> passed) {
        switch (step) {
            case Step.Passed<S> reached -> {
                exchange.reached(reached.stage());
                passed.accept(reached.stage());
            }
            case Step.Refused<S> refused -> {
                exchange.reached(refused.last());
                connection.refuse(ctx, exchange, refused.refusal(), OptionalInt.empty());
            }
            case Step.Answered<S> answered -> {
                exchange.reached(answered.last());
                connection.answered(
                        ctx,
                        exchange,
                        Outcome.SUCCEEDED,
                        Optional.empty(),
                        OptionalInt.empty(),
                        exchange.response().own(answered.answer()));
            }
            case Step.Awaiting<S> awaiting -> {
                exchange.reached(awaiting.last());
                awaiting.settled().whenComplete((next, fault) -> resume(ctx, exchange, next, fault, passed));
            }
        }
    }

    private <S extends Stage> void resume(
            ChannelHandlerContext ctx,
            OpenExchange exchange,
            @Nullable Step<S> next,
            @Nullable Throwable fault,
            Consumer<S> passed) {
        if (!connection.isCurrent(ctx, exchange)) {
            return;
        }
        try {
            if (next == null) {
                throw new IllegalStateException("what was awaited failed", fault);
            }
            settle(ctx, exchange, next, passed);
        } catch (RuntimeException | StackOverflowError e) {
            connection.exceptionCaught(ctx, e);
        }
    }
}

package dev.portcullis.proxy.server;

import dev.portcullis.proxy.exchange.Stage;
import dev.portcullis.proxy.mcp.Era;
import io.netty.handler.codec.DecoderException;

import java.io.IOException;

/// How it is told that a client has gone, or no longer speaks the protocol.
final class Departure {
    private Departure() {}

    /// Whether a failure is the other side's doing and not a fault of this program.
    static boolean isCause(Throwable failure) {
        return failure instanceof IOException || failure instanceof DecoderException;
    }

    /// Whether a client that has finished sending may still wait for the response. In the modern era,
    /// and on the server's own stream, to close is to cancel; a legacy call goes on, and its answer is
    /// delivered as long as anybody takes it.
    static boolean mayStillListen(OpenExchange exchange) {
        return exchange.relay().isEmpty()
                || (exchange.last() instanceof Stage.Decided decided
                        && decided.decoded()
                                .filter(decoded -> decoded.era() == Era.LEGACY)
                                .flatMap(decoded -> decoded.message().id())
                                .isPresent());
    }
}

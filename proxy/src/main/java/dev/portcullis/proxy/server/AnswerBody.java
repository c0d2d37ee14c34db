package dev.portcullis.proxy.server;

import dev.portcullis.proxy.exchange.Refusal;

/// How the body of an upstream's response is passed on. One for each response, on the exchange's event
/// loop.
sealed interface AnswerBody permits HeldBody, EventStreamBody {

    /// More of it has come.
    void received(byte[] bytes);

    /// All of it has come.
    void ended();

    /// No more of it will come.
    void failed(Refusal.Failure failure);
}

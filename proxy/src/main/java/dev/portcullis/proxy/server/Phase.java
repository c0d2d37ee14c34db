package dev.portcullis.proxy.server;

/// Where a client's connection stands.
enum Phase {
    /// No request is under way.
    IDLE,
    /// The body of an admitted request is coming in.
    BODY,
    /// The answer is on its way.
    ANSWER,
    /// The answer was sent, and the rest of the request is thrown away.
    DRAIN
}

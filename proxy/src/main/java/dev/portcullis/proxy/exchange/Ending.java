package dev.portcullis.proxy.exchange;

import dev.portcullis.proxy.audit.Outcome;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// How an exchange ended, and how much of it there was.
///
/// @param refusal the gateway's *no*, if it said one
/// @param httpStatus what the client was answered; empty when nothing was sent
/// @param latencyMicros from the first byte of the request's head to the last of the response
/// @param answer what is kept of what passed of the upstream's answer
public record Ending(
        Instant at,
        Outcome outcome,
        Optional<Refusal> refusal,
        OptionalInt httpStatus,
        OptionalInt upstreamStatus,
        long requestBytes,
        long responseBytes,
        long latencyMicros,
        KeptAnswer answer) {}

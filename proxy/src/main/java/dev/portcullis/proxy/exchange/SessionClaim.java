package dev.portcullis.proxy.exchange;

import dev.portcullis.proxy.mcp.ClientSoftware;

import java.util.Optional;

/// What a request says about its session, and what is true of it.
public sealed interface SessionClaim {

    /// The id by which the server knows the session, when it is the caller's.
    default Optional<String> upstreamId() {
        return Optional.empty();
    }

    /// The software that began the session, when it is the caller's and the software said its name.
    default Optional<ClientSoftware> software() {
        return Optional.empty();
    }

    /// It names none.
    record None() implements SessionClaim {}

    /// It names a session that was given to this caller on this route.
    record Held(String id, Optional<ClientSoftware> software) implements SessionClaim {
        @Override
        public Optional<String> upstreamId() {
            return Optional.of(id);
        }
    }

    /// It names one that was not; whether it exists is nobody's business.
    record Foreign() implements SessionClaim {}
}

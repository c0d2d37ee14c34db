package dev.portcullis.console.callers.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.portcullis.console.callers.SeenSession;

import java.time.Instant;

/// A session with what became of it.
///
/// @param state `active`, `quiet`, `ended` or `revoked`
record SessionView(@JsonUnwrapped SeenSession session, String state) {
    static SessionView of(SeenSession session, Instant now) {
        return new SessionView(session, session.state(now).wireName());
    }
}

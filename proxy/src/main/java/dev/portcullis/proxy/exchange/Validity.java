package dev.portcullis.proxy.exchange;

import dev.portcullis.proxy.identity.Authenticator;
import dev.portcullis.proxy.identity.Caller;
import dev.portcullis.proxy.identity.Revocations;

/// Whether what let a request in would still do so: who sent it, and the session it belongs to. Cheap; asked again and
/// again while an exchange is open. Safe for all threads.
public final class Validity {
    private final Authenticator authenticator;
    private final Revocations revocations;

    public Validity(Authenticator authenticator, Revocations revocations) {
        this.authenticator = authenticator;
        this.revocations = revocations;
    }

    /// Whether both hold.
    boolean holds(Stage.Identified identified) {
        return ofCaller(identified.caller()) && ofSession(identified);
    }

    public boolean ofCaller(Caller caller) {
        return authenticator.isStillValid(caller);
    }

    /// Whether its session was not revoked; true without one. Whatever it names counts, the caller's or not, and in
    /// either era: records know it by that.
    public boolean ofSession(Stage.Identified identified) {
        return identified.routed().screened().received().headers().all(Bindings.SESSION_HEADER).stream()
                .map(SessionDigest::of)
                .noneMatch(revocations::hasSession);
    }
}

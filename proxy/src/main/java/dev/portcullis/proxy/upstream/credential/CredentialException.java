package dev.portcullis.proxy.upstream.credential;

import dev.portcullis.proxy.exchange.Refusal.Failure;

/// There is nothing that could be shown to the upstream. Its message is for the log and names no secret.
public final class CredentialException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Failure failure;

    CredentialException(Failure failure, String message) {
        super(message, null, false, false);
        this.failure = failure;
    }

    /// One of the `CREDENTIAL_` failures.
    public Failure failure() {
        return failure;
    }
}

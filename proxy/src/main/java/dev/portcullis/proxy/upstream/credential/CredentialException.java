package dev.portcullis.proxy.upstream.credential;

/// There is nothing that could be shown to the upstream. Its message is for the log and names no secret.
public final class CredentialException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /// Why there is nothing.
    public enum Kind {
        /// There is no credential of that name.
        MISSING,
        /// It is for other upstreams.
        FORBIDDEN,
        /// The token endpoint refused it.
        REFUSED,
        /// It cannot be used at this moment.
        UNAVAILABLE
    }

    CredentialException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}

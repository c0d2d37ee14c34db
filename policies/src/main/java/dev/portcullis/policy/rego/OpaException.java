package dev.portcullis.policy.rego;

/// The compiler cannot be used: it is not there, is another version, takes too long, or says too much.
/// The message is for the operator; it is not about anybody's Rego.
public final class OpaException extends RuntimeException {
    private static final long serialVersionUID = 1;

    OpaException(String message) {
        super(message);
    }

    OpaException(String message, Throwable cause) {
        super(message, cause);
    }
}

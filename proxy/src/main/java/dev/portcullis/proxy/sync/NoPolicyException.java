package dev.portcullis.proxy.sync;

/// There is no policy to start with. The message is a sentence for the operator.
public final class NoPolicyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoPolicyException(String message) {
        super(message);
    }

    NoPolicyException(String message, Throwable cause) {
        super(message, cause);
    }
}

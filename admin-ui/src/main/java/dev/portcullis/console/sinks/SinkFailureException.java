package dev.portcullis.console.sinks;

import java.io.IOException;

/// A receiver is not known to have what was sent; it is sent again.
public final class SinkFailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SinkFailureException(IOException cause) {
        super(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(), cause);
    }
}

package dev.portcullis.console;

/// The console could not start; the message is one sentence for the operator.
public final class ConsoleStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConsoleStartException(String message, Throwable cause) {
        super(message, cause);
    }
}

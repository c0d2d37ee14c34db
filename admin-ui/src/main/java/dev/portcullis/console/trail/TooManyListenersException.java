package dev.portcullis.console.trail;

/// The live tail has as many listeners as it may have.
public final class TooManyListenersException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyListenersException(int most) {
        super("The live tail has " + most + " listeners already; end one of them, or come back later.");
    }

    /// What to tell the client.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}

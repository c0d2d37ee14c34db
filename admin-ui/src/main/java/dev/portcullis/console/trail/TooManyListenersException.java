package dev.portcullis.console.trail;

/// The live tail has as many listeners as it may have, or somebody has.
public final class TooManyListenersException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private TooManyListenersException(String message) {
        super(message);
    }

    static TooManyListenersException inAll(int most) {
        return new TooManyListenersException(
                "The live tail has " + most + " listeners already; end one of them, or come back later.");
    }

    static TooManyListenersException of(String actor, int most) {
        return new TooManyListenersException(
                actor + " listens to the live tail " + most + " times already; end one of them.");
    }

    /// What to tell the client.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}

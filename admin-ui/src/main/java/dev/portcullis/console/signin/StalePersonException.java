package dev.portcullis.console.signin;

/// Somebody else has changed the person meanwhile.
public final class StalePersonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StalePersonException(String username) {
        super("Somebody has changed " + username + " meanwhile: look again.");
    }
}

package dev.portcullis.console.policytests;

/// Somebody else has changed a test since the writer last read it. Nothing was written.
public final class StaleTestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StaleTestException(String name) {
        super("Somebody else has changed the test " + name + " in the meantime. Nothing was written; load it again.");
    }
}

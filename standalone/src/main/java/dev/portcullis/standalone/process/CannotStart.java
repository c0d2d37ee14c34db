package dev.portcullis.standalone.process;

/// Something outside the program stands in the way, and the person at the keyboard can change it. The
/// message is a complete sentence; no stack trace is shown.
public final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotStart(String sentence) {
        super(sentence);
    }

    public CannotStart(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}

package dev.portcullis.standalone.process;

/// What was asked for was understood and is refused, or a check failed: exit code 1. The message says
/// why.
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Refused(String sentence) {
        super(sentence);
    }

    public Refused(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}

package dev.portcullis.console.api;

/// What was asked for does not go together with how things are.
public final class ConflictException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    public ConflictException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}

package dev.portcullis.console.api;

/// What was asked for does not exist.
public final class NotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    public NotFoundException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}

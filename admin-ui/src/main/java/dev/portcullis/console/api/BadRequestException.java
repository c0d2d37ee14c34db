package dev.portcullis.console.api;

/// The request cannot be understood; the message says what was expected.
public final class BadRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    public BadRequestException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}

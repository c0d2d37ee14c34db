package dev.portcullis.console.api;

/// What is to be changed is not what its writer has seen any more: somebody else was first.
public final class StaleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    public StaleException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}

package dev.portcullis.console.api;

/// As much is done at once as may be; it can be asked for again soon.
public final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    public BusyException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}

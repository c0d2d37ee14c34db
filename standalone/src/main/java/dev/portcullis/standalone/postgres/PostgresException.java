package dev.portcullis.standalone.postgres;

/// The embedded PostgreSQL cannot be started or stopped here. The message is a sentence for people and
/// is complete.
public final class PostgresException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PostgresException(String sentence) {
        super(sentence);
    }

    public PostgresException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}

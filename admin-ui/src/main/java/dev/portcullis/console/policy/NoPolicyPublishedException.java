package dev.portcullis.console.policy;

/// There is no document in force that could be changed.
public final class NoPolicyPublishedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoPolicyPublishedException() {
        super("No policy has been published yet.");
    }
}

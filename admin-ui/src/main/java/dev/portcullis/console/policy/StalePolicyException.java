package dev.portcullis.console.policy;

/// Somebody else has changed the policy since the writer last read it. Nothing was written.
public final class StalePolicyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StalePolicyException() {
        super("Somebody else has changed the policy in the meantime. Nothing was written; load it again.");
    }
}

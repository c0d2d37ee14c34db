package dev.portcullis.console.policy;

/// A second person has to approve what is published, and none has. Nothing was published.
public final class ApprovalNeededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ApprovalNeededException() {
        super("A second person has to approve what is published. Propose it: nothing was published.");
    }
}

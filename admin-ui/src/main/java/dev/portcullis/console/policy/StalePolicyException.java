package dev.portcullis.console.policy;

import java.util.List;

/// Somebody else has changed the policy since the writer last read it. Nothing was written.
public final class StalePolicyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> current;

    /// @param current the entity tags that would have been right
    public StalePolicyException(List<String> current) {
        super("Somebody else has changed the policy in the meantime. Nothing was written; load it again.");
        this.current = List.copyOf(current);
    }

    public List<String> current() {
        return current;
    }
}

package dev.portcullis.console.callers.ui;

import dev.portcullis.console.callers.SeenCaller;
import dev.portcullis.console.callers.SeenSession;

/// What somebody may take back from a caller.
interface CallerActions {
    void revokeSession(SeenSession session);

    void revokeGrant(SeenCaller caller);

    /// Revokes the key by which the caller is known.
    void revokeKey(SeenCaller caller);
}

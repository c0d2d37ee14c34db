package dev.portcullis.console.policy;

import dev.portcullis.policy.document.PolicyDocument;

/// Looks at everything that is about to be published, whoever publishes it and however.
public interface PublicationGate {

    /// Throws an exception of its own when the policy must not be published.
    ///
    /// @param own compiled
    void check(PolicyDocument document, OwnRego own);
}

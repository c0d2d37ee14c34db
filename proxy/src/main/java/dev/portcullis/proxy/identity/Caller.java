package dev.portcullis.proxy.identity;

import dev.portcullis.policy.PolicyInput.CallerFacts;

import java.util.List;
import java.util.Optional;

/// Who is calling: the authenticated party, not the software it uses.
public sealed interface Caller {

    /// What the policy is told.
    CallerFacts facts();

    /// Nobody in particular, on a route that is `open`.
    record Anonymous() implements Caller {
        @Override
        public CallerFacts facts() {
            return CallerFacts.anonymous();
        }
    }

    /// Somebody whose credential the upstream will check. The gateway knows only that the same
    /// credential is the same caller.
    ///
    /// @param fingerprint a short digest of the credential; empty when the client sent none
    record PassedThrough(Optional<String> fingerprint) implements Caller {
        @Override
        public CallerFacts facts() {
            return new CallerFacts(fingerprint.map(digest -> "token:" + digest), "passthrough", List.of(), false);
        }
    }
}

package dev.portcullis.policy.engine;

import java.util.Locale;

/// Why an OPA server gave no answer.
final class OpaTrouble extends NoAnswer {
    private static final long serialVersionUID = 1;

    /// What went wrong.
    enum Kind {
        /// Nobody was asked: it has failed too often just now.
        BREAKER_OPEN,
        /// Nobody was asked: as many questions are under way as may be.
        BUSY,
        TIMEOUT,
        UNREACHABLE,
        /// An answer of HTTP that is not 200; redirects too.
        STATUS,
        /// It knows no such policy, or the policy has no answer.
        UNDEFINED,
        MALFORMED,
        TOO_LARGE;

        /// As metrics call it.
        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Kind kind;

    OpaTrouble(Kind kind, String message) {
        super("the OPA server: " + message);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}

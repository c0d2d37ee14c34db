package dev.portcullis.console.callers;

import com.fasterxml.jackson.annotation.JsonValue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What somebody wants to take back, and why.
///
/// @param subject of a session, the digest of its id; of a grant, the caller as policies name them
public record RevocationOrder(Kind kind, String subject, String reason) {
    public static final int LONGEST_REASON = 500;

    private static final int LONGEST_SUBJECT = 500;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{32}");

    /// Callers that no identity provider vouches for with tokens.
    private static final Pattern WITHOUT_GRANT = Pattern.compile("(key|certificate|token):.*|[^:]*");

    /// What can be taken back.
    public enum Kind {
        /// A session of the protocol.
        SESSION(Duration.ofDays(30)),
        /// All tokens that a caller was given until now: they have to sign in again, everywhere.
        GRANT(Duration.ofDays(366));

        private final Duration lasts;

        Kind(Duration lasts) {
            this.lasts = lasts;
        }

        /// After which time it ends by itself.
        public Duration lasts() {
            return lasts;
        }

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Kind> named(String name) {
            return Arrays.stream(values())
                    .filter(kind -> kind.wireName().equals(name))
                    .findFirst();
        }
    }

    public RevocationOrder {
        subject = subject.strip();
        reason = reason.strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw new IllegalArgumentException("reason: (expected: 1 to " + LONGEST_REASON + " characters)");
        }
        switch (kind) {
            case SESSION -> checkSession(subject);
            case GRANT -> checkGrant(subject);
        }
    }

    private static void checkSession(String subject) {
        if (!DIGEST.matcher(subject).matches()) {
            throw new IllegalArgumentException("subject: (expected: the digest of a session as records have it,"
                    + " 32 hexadecimal digits; not the session id itself)");
        }
    }

    private static void checkGrant(String subject) {
        if (subject.length() > LONGEST_SUBJECT || WITHOUT_GRANT.matcher(subject).matches()) {
            throw new IllegalArgumentException("subject: (expected: a caller that signs in at an identity provider,"
                    + " <issuer>:<subject>; revoke a key instead, and use the kill switch for certificates)");
        }
    }
}

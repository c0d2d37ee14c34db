package dev.portcullis.proxy.identity;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// The answer to the question who is calling.
public sealed interface Identification {

    record Known(Caller caller) implements Identification {}

    /// What was shown, if anything, identifies nobody.
    record Unknown(Fault fault) implements Identification {}

    /// What was shown cannot be checked at this moment, whoever it is.
    ///
    /// @param issuer the configured name of the identity provider that cannot be reached
    record Unverifiable(String issuer) implements Identification {}

    /// Too much that identifies nobody came from this address.
    record Throttled(Duration retryAfter) implements Identification {}

    /// Something has to be fetched first.
    ///
    /// @param settled completes in bounded time, on any thread, and never with [Pending] again
    record Pending(CompletionStage<Identification> settled) implements Identification {}

    /// Why what was shown identifies nobody. The texts are what the client is told; they say nothing
    /// about which keys exist.
    enum Fault {
        NO_CREDENTIAL("Sign in, or send an API key, to use this route"),
        /// Neither Bearer nor anything else that is known here.
        SCHEME_NOT_ACCEPTED("The Authorization header must be: Bearer, a space, and a token or an API key"),
        /// Unknown, wrong, revoked, expired, of another route or another network.
        KEY_NOT_ACCEPTED("The API key is not valid for this route from here"),
        /// A key of the gateway on a route that passes credentials through: it must not travel on.
        KEY_NOT_FORWARDED("An API key of the gateway is not for the upstream of this route"),
        TOKEN_MALFORMED("The token cannot be read"),
        TOKEN_NOT_ACCEPTED("The token is not valid here"),
        /// Genuine, and not for whom the operator wants.
        CLAIMS_NOT_ACCEPTED("The token does not say all that this gateway demands of its callers"),
        TOKEN_EXPIRED("The token has expired, or is not valid yet"),
        /// Genuine, and issued before somebody took back all that its holder had been given.
        GRANT_REVOKED("The sign-in that this token comes from was revoked: sign in again"),
        WRONG_ISSUER("The token's issuer is not accepted here"),
        WRONG_AUDIENCE("The token is meant for somebody else: its audience is not this route's URL"),
        CERTIFICATE_NOT_ACCEPTED("The client certificate belongs to no caller of this gateway");

        /// What nobody shows who merely tries to get in: genuine credentials that are over or for
        /// something else, and none.
        private static final Set<Fault> HONEST = EnumSet.of(
                NO_CREDENTIAL,
                SCHEME_NOT_ACCEPTED,
                KEY_NOT_FORWARDED,
                CLAIMS_NOT_ACCEPTED,
                TOKEN_EXPIRED,
                GRANT_REVOKED,
                WRONG_ISSUER,
                WRONG_AUDIENCE,
                CERTIFICATE_NOT_ACCEPTED);

        private final String text;

        Fault(String text) {
            this.text = text;
        }

        /// A short key for records, logs and metrics.
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Whether somebody may be guessing.
        boolean isSuspicious() {
            return !HONEST.contains(this);
        }

        /// One sentence for the client.
        public String text() {
            return text;
        }
    }
}

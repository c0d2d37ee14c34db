package dev.portcullis.sandbox.oauth;

import java.time.Instant;

/// Somebody was let in: what all tokens that come from one sign-in, or one use of a machine's
/// credentials, have in common.
///
/// @param id names it in tokens
/// @param client the client's id
/// @param scope separated by spaces
/// @param audience who its tokens are for
record Grant(String id, Kind kind, String client, String scope, String audience, Instant began) {

    /// How it was got.
    enum Kind {
        /// A person signed in.
        PERSON,
        /// OAuth's client credentials.
        MACHINE,
        /// Port's own endpoint for programs.
        API;

        boolean isMachine() {
            return this != PERSON;
        }
    }
}

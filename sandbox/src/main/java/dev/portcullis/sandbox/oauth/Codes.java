package dev.portcullis.sandbox.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The codes that wait to be exchanged for tokens, each for once and a minute; [#CAPACITY] at most, the
/// oldest is forgotten for another. Thread-safe.
final class Codes {

    static final int CAPACITY = 1_000;
    static final Duration LIFE = Duration.ofMinutes(1);

    private final Clock clock;
    private final Bounded<Waiting> waiting = new Bounded<>(CAPACITY);

    Codes(Clock clock) {
        this.clock = clock;
    }

    /// What was agreed to.
    ///
    /// @param client its id
    /// @param challenge by the method S256
    /// @param scope separated by spaces
    record Approval(String client, URI redirect, CodeChallenge challenge, String scope, String audience) {}

    synchronized AuthorizationCode issue(Approval approval) {
        var code = new AuthorizationCode();
        waiting.put(code.getValue(), new Waiting(approval, clock.instant().plus(LIFE)));
        return code;
    }

    /// What was agreed to, when the client that agreed asks for it, within time and for the first time.
    synchronized Optional<Approval> redeem(AuthorizationCodeGrant grant, String client) {
        return waiting.remove(grant.getAuthorizationCode().getValue())
                .filter(one -> clock.instant().isBefore(one.end()))
                .map(Waiting::approval)
                .filter(approval -> approval.client().equals(client))
                .filter(approval -> isRepeated(approval, grant))
                .filter(approval -> Optional.ofNullable(grant.getCodeVerifier())
                        .map(verifier -> CodeChallenge.compute(CodeChallengeMethod.S256, verifier))
                        .filter(approval.challenge()::equals)
                        .isPresent());
    }

    private record Waiting(Approval approval, Instant end) {}

    /// OAuth 2.1 need not repeat the address.
    private static boolean isRepeated(Approval approval, AuthorizationCodeGrant grant) {
        return Optional.ofNullable(grant.getRedirectionURI())
                .map(approval.redirect()::equals)
                .orElse(true);
    }
}

package dev.portcullis.console.overview;

import static dev.portcullis.console.overview.Attention.Severity.NOTICE;
import static dev.portcullis.console.overview.Attention.Severity.WARNING;

import dev.portcullis.console.access.AdminTokenService;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.credentials.CredentialRecord;
import dev.portcullis.console.credentials.CredentialService;
import dev.portcullis.console.ends.End;
import dev.portcullis.console.keys.ApiKeyService;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.stream.Stream;

/// What ends soon, or is over: keys, tokens, and credentials for upstreams.
@Component
class EndingThings {
    private final ApiKeyService keys;
    private final AdminTokenService tokens;
    private final CredentialService credentials;

    EndingThings(ApiKeyService keys, AdminTokenService tokens, CredentialService credentials) {
        this.keys = keys;
        this.tokens = tokens;
        this.credentials = credentials;
    }

    Stream<Attention> keys(Instant now) {
        return keys.list(false).stream()
                .flatMap(key -> attention("key", "API key " + key.name(), key.expiresAt(), "api-keys?state=", now));
    }

    Stream<Attention> tokens(Instant now) {
        return tokens.list().stream()
                .filter(token -> token.revokedAt().isEmpty())
                .flatMap(token -> attention(
                        "token", "Admin token " + token.name(), token.expiresAt(), "settings?tab=tokens&ends=", now));
    }

    private static Stream<Attention> attention(
            String kind, String what, Optional<OffsetDateTime> end, String screen, Instant now) {
        return end.map(End::new).stream()
                .flatMap(known -> known.isOver(now)
                        ? Stream.of(new Attention(NOTICE, kind + "_expired", what + " has expired.", screen + "ended"))
                        : known.isSoon(now)
                                ? Stream.of(new Attention(
                                        WARNING,
                                        kind + "_expires",
                                        what + " expires at " + Moments.toTheSecond(known.at()) + ".",
                                        screen + "expiring"))
                                : Stream.empty());
    }

    /// Whether calls still get through with one that is over, the upstream decides.
    Stream<Attention> credentials(Instant now) {
        return credentials.list().stream()
                .flatMap(credential -> credential.expiresAt().map(End::new).stream()
                        .filter(end -> end.isOver(now) || end.isSoon(now))
                        .map(end -> attention(credential, end, now)));
    }

    private Attention attention(CredentialRecord credential, End end, Instant now) {
        var users = credentials.usedBy(credential.name());
        var isOver = end.isOver(now);
        return new Attention(
                users.isEmpty() ? NOTICE : WARNING,
                isOver ? "credential_expired" : "credential_expires",
                "Credential %s, used by %s, %s at %s."
                        .formatted(
                                credential.name(),
                                users.isEmpty() ? "no route" : String.join(", ", users),
                                isOver ? "expired" : "expires",
                                Moments.toTheSecond(end.at())),
                isOver ? "routes?ends=ended" : "routes?ends=expiring");
    }
}

package dev.portcullis.proxy.identity;

import dev.portcullis.policy.PolicyInput.CallerFacts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Who is calling: the authenticated party, not the software it uses.
///
/// Subjects are unambiguous whatever they come from: `key:<name>`, `<issuer name>:<subject>`,
/// `certificate:<name>` and `token:<digest>`; no issuer may be named like one of the other sources.
public sealed interface Caller {

    /// What the policy is told.
    CallerFacts facts();

    /// How people know this caller; for display only, never to decide by.
    String displayName();

    /// When it has to identify itself anew; empty when nothing says so.
    Optional<Instant> expiresAt();

    /// Nobody in particular, on a route that is `open`.
    record Anonymous() implements Caller {
        @Override
        public CallerFacts facts() {
            return CallerFacts.anonymous();
        }

        @Override
        public String displayName() {
            return "anonymous";
        }

        @Override
        public Optional<Instant> expiresAt() {
            return Optional.empty();
        }
    }

    /// Somebody, or some program, with a key that an admin of the gateway made.
    ///
    /// @param id the key's
    /// @param name the key's, which is also the holder's
    record KeyHolder(UUID id, String name, List<String> groups, Optional<Instant> expiresAt) implements Caller {
        public KeyHolder {
            groups = List.copyOf(groups);
        }

        @Override
        public CallerFacts facts() {
            return new CallerFacts(Optional.of("key:" + name), "api_key", groups, true);
        }

        @Override
        public String displayName() {
            return name;
        }
    }

    /// Somebody, or some program, that an identity provider vouches for.
    ///
    /// @param issuer the provider's name in the configuration
    /// @param subject as the provider calls it
    /// @param issuedAt when the token that says so was issued, as it says itself
    /// @param tokenEnds when it is good no more, the allowed difference of clocks included
    record TokenHolder(
            String issuer,
            String subject,
            String displayName,
            List<String> groups,
            Optional<Instant> issuedAt,
            Instant tokenEnds)
            implements Caller {
        public TokenHolder {
            groups = List.copyOf(groups);
        }

        @Override
        public CallerFacts facts() {
            return new CallerFacts(Optional.of(issuer + ":" + subject), "bearer", groups, true);
        }

        @Override
        public Optional<Instant> expiresAt() {
            return Optional.of(tokenEnds);
        }
    }

    /// Somebody, or some program, with a client certificate of a configured authority.
    ///
    /// @param name what the certificate is mapped to
    /// @param certificateEnds when it expires
    record CertificateHolder(String name, List<String> groups, Instant certificateEnds) implements Caller {
        public CertificateHolder {
            groups = List.copyOf(groups);
        }

        @Override
        public CallerFacts facts() {
            return new CallerFacts(Optional.of("certificate:" + name), "certificate", groups, true);
        }

        @Override
        public String displayName() {
            return name;
        }

        @Override
        public Optional<Instant> expiresAt() {
            return Optional.of(certificateEnds);
        }
    }

    /// Somebody whose credential the upstream will check.
    ///
    /// @param fingerprint a short digest of the credential, or of its holder where a token names one: that
    ///     is the same caller with the next token too; empty when the client sent none
    /// @param verified whom the token names, when it is of an issuer the gateway knows
    record PassedThrough(Optional<String> fingerprint, Optional<TokenHolder> verified) implements Caller {
        @Override
        public CallerFacts facts() {
            return verified.map(
                            holder -> new CallerFacts(holder.facts().subject(), "passthrough", holder.groups(), true))
                    .orElseGet(() -> new CallerFacts(
                            fingerprint.map(digest -> "token:" + digest), "passthrough", List.of(), false));
        }

        @Override
        public String displayName() {
            return verified.map(TokenHolder::displayName)
                    .or(() -> fingerprint.map(digest -> "token " + digest))
                    .orElse("no credential");
        }

        @Override
        public Optional<Instant> expiresAt() {
            return verified.map(TokenHolder::tokenEnds);
        }
    }
}

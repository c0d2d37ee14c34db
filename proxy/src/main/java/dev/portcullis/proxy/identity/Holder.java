package dev.portcullis.proxy.identity;

import com.nimbusds.jwt.SignedJWT;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Optional;

/// Whose a token is that the gateway cannot check, as far as the token itself says so.
///
/// Clients get another token every few hours, and what they opened has to stay theirs. Nobody here
/// believes such a token for more than that it is the same person's or program's as the one before: the
/// upstream checks it with every request, and lets nobody in under another's name.
final class Holder {
    private Holder() {}

    /// The same for all tokens of one holder, and different for those of others; empty for a token that
    /// names nobody. Never the text of a token.
    static Optional<String> namedBy(String token) {
        if (token.length() > Tokens.MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            var claims = SignedJWT.parse(token).getJWTClaimsSet();
            return claims.getIssuer() == null || claims.getSubject() == null
                    ? Optional.empty()
                    : Optional.of("holder " + encoded(claims.getIssuer()) + " " + encoded(claims.getSubject()));
        } catch (ParseException | RuntimeException notSigned) {
            return Optional.empty();
        }
    }

    private static String encoded(String claim) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(claim.getBytes(StandardCharsets.UTF_8));
    }
}

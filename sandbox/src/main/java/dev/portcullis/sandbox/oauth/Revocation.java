package dev.portcullis.sandbox.oauth;

import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;

import java.util.Optional;

/// Ends what a token belongs to: the sign-in with all its tokens, or a machine's token. Whoever has the
/// token may do so.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc7009">RFC 7009, Token Revocation</a>
record Revocation(AccessTokens tokens) {

    /// An unknown token is as good as revoked.
    Answer answer(HTTPRequest http, Tenant tenant) {
        try {
            var token = TokenRevocationRequest.parse(http).getToken().getValue();
            tenant.grants().revoke(tokens.grantOf(token).orElse(Grants.idIn(token)));
            return Answer.empty(200);
        } catch (ParseException malformed) {
            return Answer.error(Optional.ofNullable(malformed.getErrorObject()).orElse(OAuth2Error.INVALID_REQUEST));
        }
    }
}

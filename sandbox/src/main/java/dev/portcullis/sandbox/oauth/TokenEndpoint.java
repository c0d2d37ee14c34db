package dev.portcullis.sandbox.oauth;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.PlainClientSecret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.token.Tokens;

import java.util.List;
import java.util.Optional;

/// OAuth's token endpoint: codes, refresh tokens, and a machine's credentials in the form of OAuth.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5">RFC 6749, section 5</a>
record TokenEndpoint(SandboxOAuth options, AccessTokens tokens) {

    private static final int TOO_MANY = 429;

    Answer answer(HTTPRequest http, Site site, Tenant tenant) {
        try {
            var request = TokenRequest.parse(http);
            var wait = tenant.limit().count(name(request));
            if (wait.isPresent()) {
                var error = new ErrorObject("too_many_requests", "Too many token requests", TOO_MANY);
                return Answer.error(error).withRetryAfter(wait.get());
            }
            return Answer.of(new AccessTokenResponse(
                    switch (request.getAuthorizationGrant()) {
                        case AuthorizationCodeGrant code -> signedIn(code, request, site, tenant);
                        case RefreshTokenGrant refresh -> refreshed(refresh, request, site, tenant);
                        case ClientCredentialsGrant machine -> machine(request, site, tenant);
                        default -> throw new GeneralException(OAuth2Error.UNSUPPORTED_GRANT_TYPE);
                    }));
        } catch (GeneralException refused) {
            return Answer.error(Optional.ofNullable(refused.getErrorObject()).orElse(OAuth2Error.INVALID_REQUEST));
        }
    }

    private Tokens signedIn(AuthorizationCodeGrant code, TokenRequest request, Site site, Tenant tenant)
            throws GeneralException {
        checkResources(request, site);
        var approval = tenant.codes()
                .redeem(code, sender(request, tenant))
                .orElseThrow(() -> new GeneralException(OAuth2Error.INVALID_GRANT));
        var grant = tenant.grants().open(Grant.Kind.PERSON, approval.client(), approval.scope(), approval.audience());
        return new Tokens(tokens.issue(site, grant), tenant.grants().refreshable(grant));
    }

    private Tokens refreshed(RefreshTokenGrant refresh, TokenRequest request, Site site, Tenant tenant)
            throws GeneralException {
        checkResources(request, site);
        var refreshed = tenant.grants()
                .refresh(refresh.getRefreshToken().getValue(), sender(request, tenant))
                .orElseThrow(() -> new GeneralException(OAuth2Error.INVALID_GRANT));
        return new Tokens(tokens.issue(site, refreshed.grant()), refreshed.token());
    }

    private Tokens machine(TokenRequest request, Site site, Tenant tenant) throws GeneralException {
        var audience = checkResources(request, site);
        if (!(request.getClientAuthentication() instanceof PlainClientSecret shown)
                || !options.machine()
                        .matches(
                                shown.getClientID().getValue(),
                                shown.getClientSecret().getValue())) {
            throw new GeneralException(OAuth2Error.INVALID_CLIENT);
        }
        var scope = Optional.ofNullable(request.getScope()).map(Scope::toString).orElse(Challenges.SCOPE);
        var grant = tenant.grants().open(Grant.Kind.MACHINE, options.machine().id(), scope, audience);
        return new Tokens(tokens.issue(site, grant), null);
    }

    private String checkResources(TokenRequest request, Site site) throws GeneralException {
        return new Audiences(options)
                .of(site, Optional.ofNullable(request.getResources()).orElse(List.of()))
                .orElseThrow(() -> new GeneralException(OAuth2Error.INVALID_TARGET));
    }

    private static String sender(TokenRequest request, Tenant tenant) throws GeneralException {
        return tenant.clients().sender(request).orElseThrow(() -> new GeneralException(OAuth2Error.INVALID_CLIENT));
    }

    /// Who says to be asking, for the limit.
    private static String name(TokenRequest request) {
        var shown = request.getClientAuthentication();
        return String.valueOf(shown == null ? request.getClientID() : shown.getClientID());
    }
}

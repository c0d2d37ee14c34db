package dev.portcullis.sandbox.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationErrorResponse;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.AuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.client.ClientInformation;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.util.MultivaluedMapUtils;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Signs the only person there is in and agrees for them, without a page: the answer is the redirect that
/// a browser would end up with.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9207">RFC 9207, Issuer Identification</a>
record Authorization(SandboxOAuth options) {

    /// Errors go to the client only when it is known where the client is; otherwise to whoever asked.
    Answer answer(Map<String, List<String>> parameters, Site site, Tenant tenant) {
        var client = parameter(parameters, "client_id").map(ClientID::new).flatMap(tenant.clients()::find);
        var redirect = client.flatMap(known -> redirect(known, parameters));
        if (client.isEmpty() || redirect.isEmpty()) {
            return Answer.error(
                    OAuth2Error.INVALID_REQUEST.setDescription("The client, or its redirect_uri, is not registered"));
        }
        var issuer = new Issuer(site.issuer());
        var state = State.parse(parameter(parameters, "state").orElse(null));
        try {
            var approval = approval(parameters, redirect.get(), site);
            return Answer.of(new AuthorizationSuccessResponse(
                    redirect.get(), tenant.codes().issue(approval), null, state, issuer, ResponseMode.QUERY));
        } catch (GeneralException refused) {
            var error = Optional.ofNullable(refused.getErrorObject()).orElse(OAuth2Error.INVALID_REQUEST);
            return Answer.of(new AuthorizationErrorResponse(redirect.get(), error, state, issuer, ResponseMode.QUERY));
        }
    }

    private Codes.Approval approval(Map<String, List<String>> parameters, URI redirect, Site site)
            throws GeneralException {
        var request = AuthorizationRequest.parse(parameters);
        if (!ResponseType.CODE.equals(request.getResponseType())) {
            throw new GeneralException(OAuth2Error.UNSUPPORTED_RESPONSE_TYPE);
        }
        // Without a challenge there is no method either.
        if (!CodeChallengeMethod.S256.equals(request.getCodeChallengeMethod())) {
            throw new GeneralException(
                    OAuth2Error.INVALID_REQUEST.setDescription("PKCE with the method S256 is required"));
        }
        if (options.faults().has(Fault.LOGIN_REFUSED)) {
            throw new GeneralException(OAuth2Error.ACCESS_DENIED.setDescription(
                    "The connection of your organization does not support this sign-in"));
        }
        var audience = new Audiences(options).of(site, request.getResources());
        if (audience.isEmpty()) {
            throw new GeneralException(OAuth2Error.INVALID_TARGET);
        }
        var scope = Optional.ofNullable(request.getScope()).map(Scope::toString).orElse(Challenges.SCOPE);
        return new Codes.Approval(
                request.getClientID().getValue(), redirect, request.getCodeChallenge(), scope, audience.get());
    }

    /// The address among the registered ones, exactly; it may be left out when there is but one.
    private static Optional<URI> redirect(ClientInformation client, Map<String, List<String>> parameters) {
        var registered = client.getMetadata().getRedirectionURIs();
        var named = parameter(parameters, "redirect_uri");
        return named.isEmpty()
                ? registered.stream().filter(only -> registered.size() == 1).findFirst()
                : registered.stream()
                        .filter(one -> one.toString().equals(named.get()))
                        .findFirst();
    }

    private static Optional<String> parameter(Map<String, List<String>> parameters, String name) {
        return Optional.ofNullable(MultivaluedMapUtils.getFirstValue(parameters, name))
                .filter(value -> !value.isBlank());
    }
}

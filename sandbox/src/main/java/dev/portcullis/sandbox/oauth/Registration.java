package dev.portcullis.sandbox.oauth;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.client.ClientInformationResponse;
import com.nimbusds.oauth2.sdk.client.ClientMetadata;
import com.nimbusds.oauth2.sdk.client.ClientRegistrationErrorResponse;
import com.nimbusds.oauth2.sdk.client.ClientRegistrationRequest;
import com.nimbusds.oauth2.sdk.client.RegistrationError;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;

import java.util.Optional;

/// Lets clients register themselves.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc7591">RFC 7591, Dynamic Client Registration</a>
record Registration(Faults faults) {

    private static final ErrorObject NOT_ENABLED = new ErrorObject(
            OAuth2Error.ACCESS_DENIED_CODE, "Client registration is not enabled for this organization", 403);

    Answer answer(HTTPRequest request, Tenant tenant) {
        if (faults.has(Fault.NO_REGISTRATION)) {
            return refused(NOT_ENABLED);
        }
        try {
            var metadata = ClientRegistrationRequest.parse(request).getClientMetadata();
            return isReachable(metadata)
                    ? registered(metadata, tenant)
                    : refused(RegistrationError.INVALID_REDIRECT_URI);
        } catch (ParseException malformed) {
            return refused(
                    Optional.ofNullable(malformed.getErrorObject()).orElse(RegistrationError.INVALID_CLIENT_METADATA));
        }
    }

    private static boolean isReachable(ClientMetadata metadata) {
        return metadata.getRedirectionURIs() != null
                && !metadata.getRedirectionURIs().isEmpty();
    }

    private static Answer registered(ClientMetadata metadata, Tenant tenant) {
        metadata.applyDefaults();
        return Answer.of(new ClientInformationResponse(tenant.clients().register(metadata), true));
    }

    private static Answer refused(ErrorObject error) {
        return Answer.of(new ClientRegistrationErrorResponse(error));
    }
}

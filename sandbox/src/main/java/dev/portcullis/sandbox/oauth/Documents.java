package dev.portcullis.sandbox.oauth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.SubjectType;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;

/// What the sandbox publishes, so that clients find out by themselves how to sign in.
final class Documents {

    private Documents() {}

    /// @see <a href="https://www.rfc-editor.org/rfc/rfc9728">RFC 9728, Protected Resource Metadata</a>
    static String resource(Site site) {
        var document = new LinkedHashMap<String, Object>();
        document.put("resource", site.resource());
        document.put("resource_name", "Port (sandbox)");
        document.put("authorization_servers", List.of(site.server()));
        document.put("scopes_supported", List.of(Challenges.SCOPE));
        document.put("bearer_methods_supported", List.of("header"));
        return JSONObjectUtils.toJSONString(document);
    }

    /// One document for both ways of discovery, OAuth's and OpenID Connect's.
    ///
    /// @see <a href="https://www.rfc-editor.org/rfc/rfc8414">RFC 8414, Authorization Server Metadata</a>
    static String server(Site site) {
        var metadata = new OIDCProviderMetadata(
                new Issuer(site.issuer()), List.of(SubjectType.PUBLIC), URI.create(site.server() + "/jwks"));
        metadata.setAuthorizationEndpointURI(URI.create(site.server() + "/authorize"));
        metadata.setTokenEndpointURI(URI.create(site.server() + "/token"));
        metadata.setRegistrationEndpointURI(URI.create(site.server() + "/register"));
        metadata.setRevocationEndpointURI(URI.create(site.server() + "/revoke"));
        metadata.setScopes(new Scope(Challenges.SCOPE, "offline_access"));
        metadata.setResponseTypes(List.of(ResponseType.CODE));
        metadata.setResponseModes(List.of(ResponseMode.QUERY));
        metadata.setGrantTypes(
                List.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN, GrantType.CLIENT_CREDENTIALS));
        metadata.setCodeChallengeMethods(List.of(CodeChallengeMethod.S256));
        metadata.setTokenEndpointAuthMethods(List.of(
                ClientAuthenticationMethod.NONE,
                ClientAuthenticationMethod.CLIENT_SECRET_POST,
                ClientAuthenticationMethod.CLIENT_SECRET_BASIC));
        metadata.setIDTokenJWSAlgs(List.of(JWSAlgorithm.RS256));
        metadata.setSupportsAuthorizationResponseIssuerParam(true);
        metadata.setSupportsRequestURIParam(false);
        return metadata.toString();
    }
}

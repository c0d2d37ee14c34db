package dev.portcullis.acceptance.provider;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationGrantAuthenticationToken;

import java.util.List;

/// What a token is asked for.
final class RequestedResources {
    private RequestedResources() {}

    /// @see <a href="https://www.rfc-editor.org/rfc/rfc8707#section-2">RFC 8707, resource parameter</a>
    static List<String> of(Authentication request) {
        var asked = ((OAuth2AuthorizationGrantAuthenticationToken) request)
                .getAdditionalParameters()
                .get("resource");
        return switch (asked) {
            case String one -> List.of(one);
            case String[] several -> List.of(several);
            case null, default -> List.of("nobody");
        };
    }
}

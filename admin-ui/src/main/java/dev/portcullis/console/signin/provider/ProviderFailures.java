package dev.portcullis.console.signin.provider;

import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.RepeatedEvents;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

import java.io.IOException;
import java.util.Map;

/// Leads whoever could not sign in with the provider back to the screen that says why, and records it. An answer that
/// nobody here has asked for is only logged, or anybody could fill the record.
final class ProviderFailures implements AuthenticationFailureHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderFailures.class);
    private static final String NOBODY = "unknown";
    private static final String UNASKED = "authorization_request_not_found";

    private final IdentityProvider provider;
    private final RepeatedEvents events;

    ProviderFailures(IdentityProvider provider, RepeatedEvents events) {
        this.provider = provider;
        this.events = events;
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException trouble)
            throws IOException {
        var code = trouble instanceof OAuth2AuthenticationException refusal
                ? refusal.getError().getErrorCode()
                : "provider";
        LOG.atInfo().addKeyValue("code", code).setCause(trouble).log("sign-in with the identity provider failed");
        if (!code.equals(UNASKED)) {
            events.note(AdminEvent.of(
                            trouble instanceof NoRoleException refusal ? refusal.person() : NOBODY,
                            AdminEvent.SIGN_IN_FAILED)
                    .with(Map.of(
                            "address",
                            request.getRemoteAddr(),
                            "provider",
                            provider.issuer().toString(),
                            "cause",
                            code)));
        }
        response.sendRedirect("/sign-in?" + (trouble instanceof NoRoleException ? "no-role" : "provider"));
    }
}

package dev.portcullis.console.signin;

import com.vaadin.flow.server.VaadinSession;
import dev.portcullis.console.signin.query.AdministratorQuery;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;

/// The person of this session.
@Component
public class SignedIn {
    private final SecurityContextHolderStrategy contexts;
    private final SessionRegistry sessions;
    private final AdministratorQuery administrators;

    SignedIn(SecurityContextHolderStrategy contexts, SessionRegistry sessions, AdministratorQuery administrators) {
        this.contexts = contexts;
        this.sessions = sessions;
        this.administrators = administrators;
    }

    public String username() {
        return administrator().username();
    }

    /// Whether there is a password of this console to change.
    public boolean hasPassword() {
        return isPerson();
    }

    /// Whether nothing else may be done before a new password is chosen.
    public boolean mustChangePassword() {
        return isPerson() && administrator().mustChangePassword();
    }

    /// Lets this session go on under the new password, and ends all others of the same person.
    public void passwordChanged() {
        var after = administrators.byUsername(username()).orElseThrow().withoutPassword();
        var authentication = UsernamePasswordAuthenticationToken.authenticated(after, null, after.getAuthorities());
        SecurityContext context = contexts.createEmptyContext();
        context.setAuthentication(authentication);
        contexts.setContext(context);
        var session = VaadinSession.getCurrent().getSession();
        session.setAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY, context);
        sessions.removeSessionInformation(session.getId());
        sessions.registerNewSession(session.getId(), after);
        sessions.getAllSessions(after, false).stream()
                .filter(other -> !other.getSessionId().equals(session.getId()))
                .forEach(SessionInformation::expireNow);
    }

    private boolean isPerson() {
        var authentication = contexts.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Administrator;
    }

    private Administrator administrator() {
        var authentication = contexts.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof Administrator administrator) {
            return administrator;
        }
        throw new IllegalStateException("nobody is signed in");
    }
}

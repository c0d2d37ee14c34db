package dev.portcullis.console.signin;

import dev.portcullis.console.ConsoleSettings;
import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.RepeatedEvents;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.console.signin.query.AdministratorQuery;
import dev.portcullis.console.signin.store.AdministratorStore;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

import java.util.HashMap;
import java.util.Map;

/// Records who signed in, who tried to and how often, and who left.
@Component
class SignInEvents {
    private static final int LONGEST_NAME = 128;
    private static final String NOBODY = "unknown";

    private final AdminEventStore events;
    private final RepeatedEvents repeated;
    private final AdministratorQuery administrators;
    private final AdministratorStore store;
    private final ConsoleSettings settings;

    SignInEvents(
            AdminEventStore events,
            RepeatedEvents repeated,
            AdministratorQuery administrators,
            AdministratorStore store,
            ConsoleSettings settings) {
        this.events = events;
        this.repeated = repeated;
        this.administrators = administrators;
        this.store = store;
        this.settings = settings;
    }

    @EventListener
    void signedIn(InteractiveAuthenticationSuccessEvent event) {
        var authentication = event.getAuthentication();
        var signedIn = AdminEvent.of(name(authentication), AdminEvent.SIGNED_IN);
        if (authentication.getPrincipal() instanceof Administrator administrator) {
            store.signedIn(administrator.username(), signedIn.with(from(authentication)));
        } else {
            var detail = new HashMap<>(from(authentication));
            settings.signIn()
                    .provider()
                    .ifPresent(known -> detail.put("provider", known.issuer().toString()));
            events.append(signedIn.with(detail));
        }
    }

    @EventListener
    void failed(AbstractAuthenticationFailureEvent event) {
        var authentication = event.getAuthentication();
        var isLocked = event.getException() instanceof LockedException;
        var isDisabled = event.getException() instanceof DisabledException;
        var detail = new HashMap<>(from(authentication));
        if (isDisabled) {
            detail.put("cause", "locked by an admin");
        }
        repeated.note(AdminEvent.of(
                        nameOfSomebody(authentication),
                        isLocked ? AdminEvent.SIGN_IN_LOCKED : AdminEvent.SIGN_IN_FAILED)
                .with(detail));
    }

    @EventListener
    void signedOut(LogoutSuccessEvent event) {
        events.append(AdminEvent.of(name(event.getAuthentication()), AdminEvent.SIGNED_OUT));
    }

    /// What was typed as a name that nobody has may be a password in the wrong field.
    private String nameOfSomebody(Authentication authentication) {
        var name = name(authentication);
        return administrators.byUsername(name).isPresent() ? name : NOBODY;
    }

    private static String name(Authentication authentication) {
        var name = String.valueOf(authentication.getName()).replace("\0", "");
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    private static Map<String, String> from(Authentication authentication) {
        return authentication.getDetails() instanceof WebAuthenticationDetails details
                ? Map.of("address", String.valueOf(details.getRemoteAddress()))
                : Map.of();
    }
}

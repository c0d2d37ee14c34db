package dev.portcullis.console.signin.ui;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import com.vaadin.flow.server.WrappedSession;
import dev.portcullis.console.signin.SignedIn;
import org.springframework.stereotype.Component;

import java.util.Optional;

/// Leads whoever must change the password to the screen that does it, wherever they wanted to go; and
/// ends the HTTP session together with an idle screen, which a browser's heartbeat would otherwise keep
/// alive.
@Component
class PasswordGuard implements VaadinServiceInitListener {
    private static final long serialVersionUID = 1L;

    private final transient SignedIn signedIn;

    PasswordGuard(SignedIn signedIn) {
        this.signedIn = signedIn;
    }

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.getSource().addUIInitListener(init -> init.getUI().addBeforeEnterListener(this::check));
        event.getSource()
                .addSessionDestroyListener(end ->
                        Optional.ofNullable(end.getSession().getSession()).ifPresent(PasswordGuard::end));
    }

    /// When the server stops, the container may have ended the session before.
    private static void end(WrappedSession session) {
        try {
            session.invalidate();
        } catch (IllegalStateException alreadyEnded) {
            // Nothing is left to do.
        }
    }

    private void check(BeforeEnterEvent event) {
        if (event.getNavigationTarget() != PasswordView.class && signedIn.mustChangePassword()) {
            event.forwardTo(PasswordView.class);
        }
    }
}

package dev.portcullis.console.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import com.vaadin.flow.server.DefaultErrorHandler;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ErrorHandler;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

import java.io.IOException;
import java.util.Optional;

/// Tells whoever has asked for something that it failed, where no screen has foreseen that: a button that does nothing
/// looks like one that did.
@Component
class FailuresTold implements VaadinServiceInitListener {
    private static final long serialVersionUID = 1L;

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.getSource().addSessionInitListener(begin -> begin.getSession().setErrorHandler(new Teller()));
    }

    private static final class Teller implements ErrorHandler {
        private static final long serialVersionUID = 1L;
        private static final int MILLIS = 12_000;

        private final DefaultErrorHandler log = new DefaultErrorHandler();

        /// Logs, and tells; but not whoever has hung up. A download that fails has no screen of its own to do that on.
        @Override
        public void error(ErrorEvent event) {
            log.error(event);
            var trouble = event.getThrowable();
            if (!(DefaultErrorHandler.findRelevantThrowable(trouble) instanceof IOException)) {
                Optional.ofNullable(UI.getCurrent()).ifPresent(ui -> ui.access(() -> tell(sentence(trouble))));
            }
        }

        private static String sentence(Throwable trouble) {
            return trouble instanceof AccessDeniedException
                    ? "Your roles do not allow that."
                    : "That did not work. The console cannot reach its database, or something else went wrong; its log"
                            + " says what. Look whether it was done before you try again.";
        }

        private static void tell(String sentence) {
            Notification.show(sentence, MILLIS, Notification.Position.TOP_CENTER)
                    .addThemeVariants(NotificationVariant.LUMO_ERROR);
        }
    }
}

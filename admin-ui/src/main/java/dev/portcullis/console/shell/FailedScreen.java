package dev.portcullis.console.shell;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.ParentLayout;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.components.EmptyState;
import dev.portcullis.console.components.ViewHeading;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is shown in the place of a screen that could not be made, as a rule because the database is away. The cause is
/// for the log.
@ParentLayout(MainLayout.class)
@RolesAllowed(Roles.VIEWER)
@PageTitle("Not available · Portcullis")
class FailedScreen extends Div implements HasErrorParameter<Exception> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(FailedScreen.class);

    FailedScreen() {
        addClassName("view");
        add(
                new ViewHeading("Not available"),
                new EmptyState(
                        VaadinIcon.WARNING,
                        "This screen cannot be shown now",
                        "The console cannot reach its database, or something else went wrong; its log says what. The"
                                + " gateway goes on without the console.",
                        new Button(
                                "Try again",
                                VaadinIcon.REFRESH.create(),
                                _ -> getUI().ifPresent(ui -> ui.getPage().reload()))));
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> trouble) {
        LOG.atError()
                .addKeyValue("screen", event.getLocation().getPath())
                .setCause(trouble.getException())
                .log("a screen could not be shown");
        return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }
}

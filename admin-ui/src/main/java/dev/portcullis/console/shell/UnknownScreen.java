package dev.portcullis.console.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.ParentLayout;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.components.EmptyState;
import dev.portcullis.console.components.ViewHeading;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletResponse;

/// What an address shows that leads to no screen, or to one that is not for the roles of whoever asks: which of the
/// two is not told.
@ParentLayout(MainLayout.class)
@RolesAllowed(Roles.VIEWER)
@PageTitle("No such screen · Portcullis")
class UnknownScreen extends Div implements HasErrorParameter<NotFoundException> {
    private static final long serialVersionUID = 1L;

    UnknownScreen() {
        addClassName("view");
        add(
                new ViewHeading("No such screen"),
                new EmptyState(
                        VaadinIcon.SEARCH,
                        "Nothing is here",
                        "There is no screen at this address, or it is not for your roles.",
                        new Anchor("", "Overview")));
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<NotFoundException> trouble) {
        return HttpServletResponse.SC_NOT_FOUND;
    }
}

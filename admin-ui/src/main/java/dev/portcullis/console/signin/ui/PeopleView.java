package dev.portcullis.console.signin.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.components.ViewHeading;
import jakarta.annotation.security.RolesAllowed;

/// People on a screen of their own.
@Route("settings/people")
@PageTitle("People · Portcullis")
@RolesAllowed({Roles.AUDITOR, Roles.ADMIN})
class PeopleView extends Div {
    private static final long serialVersionUID = 1L;

    PeopleView(PeoplePanels panels) {
        addClassName("view");
        add(new ViewHeading("People"), panels.panel());
    }
}

package dev.portcullis.console.publication.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.components.ViewHeading;
import dev.portcullis.console.publication.ProposalService;
import dev.portcullis.console.publication.PublicationService;
import jakarta.annotation.security.RolesAllowed;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Proposals: what waits for a second person or for its time.
@Route("policy/proposals")
@PageTitle("Proposals · Portcullis")
@RolesAllowed(Roles.VIEWER)
class ProposalsView extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final ProposalsPanel panel;

    ProposalsView(ProposalService proposals, PublicationService publications, Actor actor) {
        addClassName("view");
        var heading = new ViewHeading("Proposals");
        heading.state(
                publications.needsApproval()
                        ? "A second person has to approve what is published."
                        : "Approval is switched off: what has no time is published at once.");
        panel = new ProposalsPanel(proposals, actor, this::move);
        add(heading, panel);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var parameters = event.getLocation().getQueryParameters();
        panel.show(new ProposalsPanel.State(
                parameters.getSingleParameter("state").filter("all"::equals).isPresent(),
                parameters
                        .getSingleParameter("proposal")
                        .filter(number -> NUMBER.matcher(number).matches())
                        .map(number -> OptionalLong.of(Long.parseLong(number)))
                        .orElseGet(OptionalLong::empty)));
    }

    private void move(ProposalsPanel.State state) {
        Map<String, String> parameters = new HashMap<>();
        if (state.all()) {
            parameters.put("state", "all");
        }
        state.open().ifPresent(id -> parameters.put("proposal", Long.toString(id)));
        UI.getCurrent().navigate(ProposalsView.class, QueryParameters.simple(parameters));
    }
}

package dev.portcullis.console.connect.ui;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.RouterLink;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.components.EmptyState;
import dev.portcullis.console.components.ViewHeading;
import dev.portcullis.console.connect.ConnectClient;
import dev.portcullis.console.connect.ConnectService;
import dev.portcullis.console.connect.Proof;
import dev.portcullis.policy.document.Route;
import jakarta.annotation.security.RolesAllowed;

import java.util.List;
import java.util.Optional;

/// Choose a client and a route, and get what to write where. The choice is in the URL.
@com.vaadin.flow.router.Route("connect")
@PageTitle("Connect · Portcullis")
@Menu(title = "Connect", order = 6, icon = "vaadin:plug")
@StyleSheet("connect.css")
@RolesAllowed(Roles.VIEWER)
class ConnectView extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;

    private final transient ConnectService connect;
    private final ViewHeading heading = new ViewHeading("Connect");
    private final Nav clients = new Nav();
    private final Select<String> route = new Select<>();
    private final RadioButtonGroup<Proof> proof = new RadioButtonGroup<>("What the client shows");
    private final Checkbox readOnly = new Checkbox("Only tools that read");
    private final Div place = new Div();
    private ConnectState state = ConnectState.of(com.vaadin.flow.router.QueryParameters.empty());

    ConnectView(ConnectService connect) {
        this.connect = connect;
        addClassNames("view", "connect-view");
        heading.state("What to write where, so that a client calls through the gateway");
        clients.addClassName("connect-clients");
        clients.getElement().setAttribute("aria-label", "Clients");
        route.setLabel("Route");
        route.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                apply(state.withRoute(change.getValue()));
            }
        });
        proof.setItemLabelGenerator(ConnectView::label);
        proof.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                apply(state.with(change.getValue()));
            }
        });
        readOnly.setTooltipText("The client sends x-read-only-mode: 1. It can only tighten what the policy allows.");
        readOnly.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                apply(state.withReadOnly(change.getValue()));
            }
        });
        var choices = new Div(route, proof, readOnly);
        choices.addClassName("connect-choices");
        add(heading, clients, choices, place);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        state = ConnectState.of(event.getLocation().getQueryParameters());
        var routes = connect.routes();
        showClients();
        route.setItems(routes.stream().map(Route::name).toList());
        place.removeAll();
        var chosen = state.route()
                .map(name -> routes.stream()
                        .filter(known -> known.name().equals(name))
                        .findFirst())
                .orElseGet(() -> routes.stream().findFirst());
        route.setVisible(!routes.isEmpty());
        readOnly.setVisible(chosen.isPresent());
        readOnly.setValue(state.isReadOnly());
        proof.setVisible(false);
        chosen.ifPresentOrElse(this::show, () -> place.add(routes.isEmpty() ? nothingPublished() : noSuchRoute()));
    }

    private void show(Route chosen) {
        route.setValue(chosen.name());
        var taken = Proof.of(chosen.authentication());
        var shown = state.proof().filter(taken::contains).orElse(taken.getFirst());
        proof.setItems(taken);
        proof.setValue(shown);
        proof.setVisible(taken.size() > 1);
        connect.guide(new ConnectState(state.client(), state.route(), Optional.of(shown), state.isReadOnly())
                        .choice(chosen.name()))
                .ifPresent(guide -> place.add(new GuidePanel(guide)));
    }

    private void showClients() {
        clients.removeAll();
        List.of(ConnectClient.values()).forEach(client -> {
            var link = new RouterLink(client.title(), ConnectView.class);
            link.setQueryParameters(state.with(client).asParameters());
            link.setHighlightCondition((_, _) -> false);
            if (client == state.client()) {
                link.getElement().setAttribute("aria-current", "page");
            }
            clients.add(link);
        });
    }

    private void apply(ConnectState wanted) {
        getUI().ifPresent(ui -> ui.navigate(ConnectView.class, wanted.asParameters()));
    }

    private static EmptyState nothingPublished() {
        return new EmptyState(
                VaadinIcon.PLUG,
                "No route yet",
                "Clients are connected to routes, and routes are part of the policy. Publish one first.",
                new Anchor("policy", "Policy"));
    }

    private EmptyState noSuchRoute() {
        return new EmptyState(
                VaadinIcon.SEARCH,
                "No such route",
                "The policy in force has no route " + state.route().orElse("") + ". Choose another one above.");
    }

    private static String label(Proof proof) {
        return switch (proof) {
            case NOTHING -> "Nothing";
            case KEY -> "API key";
            case SIGN_IN -> "Its user signs in";
        };
    }
}

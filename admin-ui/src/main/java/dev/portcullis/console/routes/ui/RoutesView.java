package dev.portcullis.console.routes.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.components.EmptyState;
import dev.portcullis.console.components.EndDialog;
import dev.portcullis.console.components.EndSelect;
import dev.portcullis.console.components.LiveUpdates;
import dev.portcullis.console.components.QuietText;
import dev.portcullis.console.components.ViewHeading;
import dev.portcullis.console.credentials.CredentialRecord;
import dev.portcullis.console.credentials.CredentialService;
import dev.portcullis.console.ends.Ending;
import dev.portcullis.console.routes.RouteHealth;
import dev.portcullis.console.routes.RouteService;
import dev.portcullis.console.routes.RouteStanding;
import jakarta.annotation.security.RolesAllowed;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/// The routes of the policy in force, and what the gateway shows their upstreams. Which credentials are shown stands in
/// the URL: `?ends=`.
@Route("routes")
@PageTitle("Routes · Portcullis")
@Menu(title = "Routes", order = 7, icon = "vaadin:split")
@StyleSheet("routes.css")
@RolesAllowed(Roles.VIEWER)
class RoutesView extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final String ENDS = "ends";

    private final transient RouteService routes;
    private final transient CredentialService credentials;
    private final transient Actor actor;
    private final transient Clock clock;
    private final ViewHeading heading;
    private final RouteTable routeTable;
    private final Div noRoutes = new Div(new EmptyState(
            VaadinIcon.SPLIT,
            "No route yet",
            "A route leads to one MCP server. Routes are part of the policy: publish one that has them.",
            new Anchor("policy", "Policy")));
    private final CredentialTable credentialTable;
    private final Div noCredentials = new Div(
            new EmptyState(
                    VaadinIcon.KEY,
                    "No credential yet",
                    "Routes whose callers are checked by the gateway can show their upstream a credential of the gateway's own."));
    private final EndSelect ends = new EndSelect("Credentials", this::go);
    private final QuietText noneEnds = new QuietText("No credential ends then.");
    private transient List<RouteStanding> shownRoutes = List.of();
    private transient List<CredentialRecord> shownCredentials = List.of();

    RoutesView(RouteService routes, CredentialService credentials, Actor actor, LiveUpdates live, Clock clock) {
        this.routes = routes;
        this.credentials = credentials;
        this.actor = actor;
        this.clock = clock;
        routeTable = new RouteTable(clock);
        addClassNames("view", "routes-view");
        heading = new ViewHeading("Routes", new Anchor("policy", "Edit routes in the policy"));
        credentialTable = new CredentialTable(actor.isAdmin(), clock, this::rotate, this::changeEnd, this::remove);
        var add = new Button("Add credential…", VaadinIcon.PLUS.create(), _ -> add());
        add.addThemeVariants(ButtonVariant.LUMO_SMALL);
        add.setVisible(actor.isAdmin());
        var line = new Div(new H2("Credentials for upstreams"), ends, add);
        line.addClassName("card-line");
        add(heading, routeTable, noRoutes, line, credentialTable, noneEnds, noCredentials);
        live.whileAttached(this, PERIOD, this::refresh);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        ends.setValue(event.getLocation()
                .getQueryParameters()
                .getSingleParameter(ENDS)
                .flatMap(Ending::named)
                .orElse(Ending.ALL));
        show(routes.list(), credentials.list());
    }

    private void go(Ending wanted) {
        getUI().ifPresent(ui -> ui.navigate(
                RoutesView.class,
                wanted == Ending.ALL ? QueryParameters.empty() : QueryParameters.of(ENDS, wanted.wireName())));
    }

    private void refresh() {
        var allRoutes = routes.list();
        var allCredentials = credentials.list();
        if (!allRoutes.equals(shownRoutes) || !allCredentials.equals(shownCredentials)) {
            show(allRoutes, allCredentials);
        }
    }

    private void show(List<RouteStanding> allRoutes, List<CredentialRecord> allCredentials) {
        shownRoutes = allRoutes;
        shownCredentials = allCredentials;
        var wanted = allCredentials.stream()
                .filter(credential -> ends.getValue().fits(credential.expiresAt(), clock.instant()))
                .toList();
        heading.state(state(allRoutes));
        routeTable.setVisible(!allRoutes.isEmpty());
        noRoutes.setVisible(allRoutes.isEmpty());
        routeTable.show(allRoutes);
        ends.setVisible(!allCredentials.isEmpty());
        credentialTable.setVisible(!wanted.isEmpty());
        noneEnds.setVisible(wanted.isEmpty() && !allCredentials.isEmpty());
        noCredentials.setVisible(allCredentials.isEmpty());
        credentialTable.show(wanted, credentials::usedBy);
    }

    private static String state(List<RouteStanding> all) {
        var failing = all.stream()
                .filter(standing -> standing.health().state() == RouteHealth.State.FAILS)
                .count();
        return (all.size() == 1 ? "1 route is" : all.size() + " routes are") + " in force"
                + (failing == 0 ? "" : ", " + failing + " with an upstream that does not answer");
    }

    private void add() {
        new CredentialDialog(clock, (name, settings, secret) -> {
                    credentials.add(name, settings, secret, actor.name());
                    refresh();
                })
                .open();
    }

    private void rotate(CredentialRecord credential) {
        new RotateDialog(credential, clock, (secret, revision) -> {
                    credentials.rotate(credential.name(), secret, revision, actor.name());
                    refresh();
                })
                .open();
    }

    private void changeEnd(CredentialRecord credential) {
        new EndDialog(
                        credential.name(),
                        "For people: the overview tells 14 days before. The gateway goes on showing it after its end;"
                                + " whether it still works is the upstream's decision.",
                        credential.expiresAt(),
                        clock,
                        end -> {
                            credentials.changeEnd(
                                    credential.name(), end, OptionalLong.of(credential.revision()), actor.name());
                            refresh();
                        })
                .open();
    }

    private void remove(CredentialRecord credential) {
        new RemoveDialog(credential, () -> {
                    credentials.removeUnused(credential.name(), actor.name());
                    refresh();
                })
                .open();
    }
}

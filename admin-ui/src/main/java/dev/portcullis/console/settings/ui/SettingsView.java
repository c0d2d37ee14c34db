package dev.portcullis.console.settings.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteAlias;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.access.AdminTokenService;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.components.EmptyState;
import dev.portcullis.console.components.LiveUpdates;
import dev.portcullis.console.components.TabRow;
import dev.portcullis.console.components.ViewHeading;
import dev.portcullis.console.ends.Ending;
import dev.portcullis.console.events.AdminEventService;
import dev.portcullis.console.events.ui.AdminEventsPanel;
import dev.portcullis.console.policy.PolicyService;
import dev.portcullis.console.publication.ApprovalService;
import dev.portcullis.console.publication.ui.ApprovalPanel;
import dev.portcullis.console.signin.ui.PeoplePanels;
import dev.portcullis.console.sinks.SinkService;
import dev.portcullis.console.storage.HoldService;
import dev.portcullis.console.storage.RetentionService;
import dev.portcullis.console.storage.StorageService;
import jakarta.annotation.security.RolesAllowed;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// How the console and the audit trail are set up. Each subject has a tab, and each tab an address: `?tab=`.
@Route("settings")
@RouteAlias("settings/events")
@PageTitle("Settings · Portcullis")
@Menu(title = "Settings", order = 11, icon = "vaadin:cog")
@StyleSheet("settings.css")
@RolesAllowed(Roles.VIEWER)
class SettingsView extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;
    private static final String RETENTION = "retention";
    private static final String EVENTS = "events";
    private static final String TOKENS = "tokens";

    private final boolean isAuditor;
    private final AdminEventsPanel events;
    private final ViewHeading heading = new ViewHeading("Settings");
    private final TabRow tabs = new TabRow();
    private final Div content = new Div();
    private final transient Map<String, Subject> subjects = new LinkedHashMap<>();
    private final Map<String, Tab> tabOf = new LinkedHashMap<>();

    /// What a tab is about.
    ///
    /// @param state one sentence for the heading
    /// @param panel what the tab shows for the parameters of the URL: made anew, or what it shows already
    private record Subject(String state, Function<QueryParameters, Component> panel) {}

    SettingsView(
            StorageService storage,
            HoldService holds,
            RetentionService retention,
            PolicyService policies,
            SinkService sinks,
            AdminTokenService tokens,
            AdminEventService events,
            ApprovalService approval,
            PeoplePanels people,
            LiveUpdates live,
            Actor actor,
            Clock clock) {
        this.events = new AdminEventsPanel(events, EVENTS, this::go);
        this.isAuditor = actor.isAuditor();
        var seesPeople = isAuditor || actor.isAdmin();
        addClassNames("view", "settings-view");
        subject(
                RETENTION,
                "Retention",
                "How long the audit trail is kept, and what keeps it longer.",
                _ -> new RetentionPanel(storage, holds, retention, actor, clock));
        subject(
                "redaction",
                "Redaction",
                "What records hide of arguments and results, before they are kept.",
                _ -> new RedactionPanel(policies));
        subject(
                "sinks",
                "Sinks",
                "Where the audit trail is sent on to, and how far behind that is.",
                _ -> new SinksPanel(sinks, live, clock));
        subject(
                TOKENS,
                "Admin tokens",
                "Tokens with which programs use the REST API.",
                parameters -> new TokensPanel(
                        tokens,
                        actor,
                        clock,
                        parameters
                                .getSingleParameter("ends")
                                .flatMap(Ending::named)
                                .orElse(Ending.ALL),
                        this::tokensThat));
        subject(
                "people",
                "Sign-in",
                "Who may sign in to the console, and with which roles.",
                _ -> seesPeople ? people.panel() : forOthers("People", "AUDITOR or ADMIN", "who may sign in"));
        subject(
                "approval",
                "Approval",
                "Whether a second person approves what is published.",
                _ -> new ApprovalPanel(approval, actor));
        subject(
                EVENTS,
                "Admin events",
                "What people and programs did to the gateway. Nothing is ever removed.",
                this::events);
        tabs.addClassName("settings-tabs");
        tabs.getElement().setAttribute("aria-label", "Settings");
        tabs.addSelectedChangeListener(change -> {
            if (change.isFromClient()) {
                tabOf.forEach((name, tab) -> {
                    if (tab.equals(change.getSelectedTab())) {
                        go(QueryParameters.of("tab", name));
                    }
                });
            }
        });
        content.addClassName("settings-content");
        add(heading, tabs, content);
    }

    private void subject(String name, String label, String state, Function<QueryParameters, Component> panel) {
        subjects.put(name, new Subject(state, panel));
        var tab = new Tab(label);
        tabOf.put(name, tab);
        tabs.add(tab);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var parameters = event.getLocation().getQueryParameters();
        var standard = event.getLocation().getPath().endsWith(EVENTS) ? EVENTS : RETENTION;
        var name = parameters
                .getSingleParameter("tab")
                .filter(subjects::containsKey)
                .orElse(standard);
        var subject = subjects.get(name);
        if (subject == null) {
            return;
        }
        tabs.setSelectedTab(tabOf.get(name));
        heading.state(subject.state());
        show(subject.panel().apply(parameters));
    }

    /// What is shown already stays where it is, with the focus in it.
    private void show(Component panel) {
        if (!panel.getParent().equals(Optional.of(content))) {
            content.removeAll();
            content.add(panel);
        }
    }

    private Component events(QueryParameters parameters) {
        if (!isAuditor) {
            return forOthers("For auditors", "AUDITOR", "what admins have done");
        }
        events.show(parameters);
        return events;
    }

    private static Component forOthers(String title, String role, String what) {
        return new EmptyState(VaadinIcon.RECORDS, title, "The role " + role + " is needed to see " + what + ".");
    }

    private void tokensThat(Ending end) {
        go(QueryParameters.simple(
                end == Ending.ALL ? Map.of("tab", TOKENS) : Map.of("tab", TOKENS, "ends", end.wireName())));
    }

    private void go(QueryParameters parameters) {
        getUI().ifPresent(ui -> ui.navigate(SettingsView.class, parameters));
    }
}

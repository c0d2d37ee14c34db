package dev.portcullis.console.callers.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.callers.CallerFilter;
import dev.portcullis.console.callers.CallerService;
import dev.portcullis.console.callers.RevocationService;
import dev.portcullis.console.callers.SeenCaller;
import dev.portcullis.console.callers.SessionFilter;
import dev.portcullis.console.components.DetailLayout;
import dev.portcullis.console.components.EmptyState;
import dev.portcullis.console.components.MissingDetail;
import dev.portcullis.console.components.TabRow;
import dev.portcullis.console.components.ViewHeading;
import dev.portcullis.console.keys.ApiKeyService;
import jakarta.annotation.security.RolesAllowed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Who uses what from where, and what was taken back from them. Tab, filter and selection live in the URL.
@Route("callers")
@PageTitle("Callers · Portcullis")
@Menu(title = "Callers", order = 5, icon = "vaadin:users")
@StyleSheet("callers.css")
@RolesAllowed(Roles.VIEWER)
class CallersView extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(CallersView.class);
    private static final int MOST = 200;
    private static final int SESSIONS = 50;

    private final transient CallerService callers;
    private final transient RevocationService revocations;
    private final transient CallerRevocations actions;
    private final transient Actor actor;
    private final transient Clock clock;
    private final ViewHeading heading;
    private final TabRow tabs = new TabRow();
    private final Map<CallersState.Tab, Tab> tabOf = new EnumMap<>(CallersState.Tab.class);
    private final CallerFilterBar filters;
    private final CallerGrid grid;
    private final Div place = new Div();
    private final DetailLayout layout;
    private CallersState state = CallersState.none();

    CallersView(CallerService callers, RevocationService revocations, ApiKeyService keys, Actor actor, Clock clock) {
        this.callers = callers;
        this.revocations = revocations;
        this.actor = actor;
        this.clock = clock;
        this.actions = new CallerRevocations(revocations, keys, actor, this::refresh);
        addClassName("view");
        var again = new Button("Refresh", VaadinIcon.REFRESH.create(), _ -> refresh());
        again.addThemeVariants(ButtonVariant.LUMO_SMALL);
        heading = new ViewHeading("Callers", again);
        tabs.getElement().setAttribute("aria-label", "What is listed");
        for (var listed : CallersState.Tab.values()) {
            var tab = new Tab(listed.label());
            tabOf.put(listed, tab);
            tabs.add(tab);
        }
        tabs.addSelectedChangeListener(event -> {
            if (event.isFromClient()) {
                tabOf.forEach((listed, tab) -> {
                    if (tab.equals(event.getSelectedTab())) {
                        go(state.with(listed));
                    }
                });
            }
        });
        filters = new CallerFilterBar(wanted -> go(state.with(wanted)));
        grid = new CallerGrid(clock, id -> go(state.select(Optional.of(id))));
        place.addClassName("callers-place");
        layout = new DetailLayout("Caller", "30rem", this::close, tabs, filters, grid, place);
        add(heading, layout);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        grid.fitTo(event.getUI().getPage());
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        state = CallersState.of(event.getLocation().getQueryParameters());
        refresh();
    }

    private void refresh() {
        tabs.setSelectedTab(tabOf.get(state.tab()));
        filters.setVisible(state.tab() == CallersState.Tab.CALLERS);
        place.removeAll();
        try {
            switch (state.tab()) {
                case CALLERS -> showCallers();
                case SESSIONS -> showSessions();
                case REVOCATIONS -> showRevocations();
            }
            layout.setDetail(state.selected().map(this::detail).orElse(null));
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("the callers cannot be read");
            heading.state("Not known at this moment");
            grid.setVisible(false);
            layout.setDetail(null);
            place.removeAll();
            place.add(unreadable());
        }
    }

    private void showCallers() {
        filters.show(state, callers.routes());
        var shown = callers.callers(state.filter(), Optional.empty(), MOST);
        heading.state(
                shown.size() == MOST
                        ? "The " + MOST + " seen last; narrow it down to see others"
                        : shown.size() + (shown.size() == 1 ? " caller" : " callers") + ", the one seen last first");
        grid.setItems(shown);
        grid.mark(shown, state.selected());
        grid.setVisible(!shown.isEmpty());
        if (shown.isEmpty()) {
            place.add(state.isUnfiltered() ? nobodyYet() : nobodyMatches());
        }
    }

    private void showSessions() {
        var shown =
                callers.sessions(new SessionFilter(Optional.empty(), Optional.empty(), true), Optional.empty(), MOST);
        heading.state(
                shown.size() == MOST
                        ? "The " + MOST + " sessions used last"
                        : shown.size() + (shown.size() == 1 ? " session was" : " sessions were")
                                + " used within 30 minutes");
        grid.setVisible(false);
        place.add(
                shown.isEmpty()
                        ? new EmptyState(
                                VaadinIcon.CONNECT,
                                "No session is in use",
                                "Clients of the modern protocol have none; those of others are here while they are used.")
                        : new SessionTable(shown, clock.instant(), offered()));
    }

    private void showRevocations() {
        heading.state("Sessions and grants that were taken back");
        grid.setVisible(false);
        place.add(new RevocationList(revocations.list(true, MOST), clock.instant(), actor.isAdmin(), actions::lift));
    }

    private Component detail(UUID id) {
        return callers.caller(id)
                .<Component>map(this::panel)
                .orElseGet(() ->
                        new MissingDetail("Not on record", "There is no caller with the id " + id + ".", this::close));
    }

    private Component panel(SeenCaller caller) {
        var sessions = callers.sessions(
                new SessionFilter(Optional.of(caller.id()), Optional.empty(), false), Optional.empty(), SESSIONS);
        return new CallerPanel(caller, sessions, clock.instant(), offered(), this::close);
    }

    private Optional<CallerActions> offered() {
        return actor.isAdmin() ? Optional.of(actions) : Optional.empty();
    }

    private void close() {
        go(state.select(Optional.empty()));
    }

    private void go(CallersState wanted) {
        getUI().ifPresent(ui -> ui.navigate(CallersView.class, wanted.asParameters()));
    }

    private static EmptyState nobodyYet() {
        return new EmptyState(
                VaadinIcon.USERS,
                "Nobody yet",
                "Callers appear here a second or two after their first request, allowed or not.");
    }

    private EmptyState nobodyMatches() {
        var clear = new Button("Show all callers", _ -> go(state.with(CallerFilter.none())));
        return new EmptyState(VaadinIcon.FILTER, "Nobody matches", "No caller matches these filters.", clear);
    }

    private EmptyState unreadable() {
        return new EmptyState(
                VaadinIcon.WARNING,
                "The callers cannot be read now",
                "The database does not answer. Nothing is lost.",
                new Button("Try again", _ -> refresh()));
    }
}

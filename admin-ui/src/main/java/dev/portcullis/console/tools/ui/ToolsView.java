package dev.portcullis.console.tools.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.components.DetailLayout;
import dev.portcullis.console.components.EmptyState;
import dev.portcullis.console.components.MissingDetail;
import dev.portcullis.console.components.ViewHeading;
import dev.portcullis.console.tools.ToolCursor;
import dev.portcullis.console.tools.ToolFilter;
import dev.portcullis.console.tools.ToolReviewService;
import dev.portcullis.console.tools.ToolService;
import dev.portcullis.console.tools.ToolSummary;
import dev.portcullis.console.tools.VisibleText;
import jakarta.annotation.security.RolesAllowed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Every tool that upstreams list, how each stands, and what somebody has to look at. Filter and selection live in
/// the URL.
@Route("tools")
@PageTitle("Tools · Portcullis")
@Menu(title = "Tools", order = 4, icon = "vaadin:tools")
@StyleSheet("tools.css")
@RolesAllowed(Roles.VIEWER)
class ToolsView extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ToolsView.class);
    private static final int MOST = 5_000;

    private final transient ToolService tools;
    private final transient ToolDecisions decisions;
    private final transient Actor actor;
    private final Button inbox = new Button("", VaadinIcon.INBOX.create(), _ -> apply(awaiting()));
    private final Button claims = new Button("Accept read-only claims…", _ -> showClaims());
    private final ViewHeading heading = new ViewHeading("Tools", inbox, claims);
    private final ToolFilterBar filters;
    private final ToolGrid grid;
    private final Div emptyPlace = new Div();
    private final DetailLayout layout;
    private transient List<ToolSummary> all = List.of();
    private ToolsState state = ToolsState.none();

    ToolsView(ToolService tools, ToolReviewService reviews, Actor actor, Clock clock) {
        this.tools = tools;
        this.actor = actor;
        this.decisions = new ToolDecisions(reviews, actor, this::decided);
        addClassName("view");
        inbox.addThemeVariants(ButtonVariant.LUMO_SMALL);
        claims.addThemeVariants(ButtonVariant.LUMO_SMALL);
        claims.setVisible(actor.isEditor());
        filters = new ToolFilterBar(this::apply);
        grid = new ToolGrid(clock, tool -> go(state.select(Optional.of(tool))));
        layout = new DetailLayout("Tool", "34rem", this::close, filters, grid, emptyPlace);
        add(heading, layout);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        grid.fitTo(event.getUI().getPage());
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        state = ToolsState.of(event.getLocation().getQueryParameters());
        show();
    }

    private void show() {
        try {
            reload();
            showDetail(Optional.empty(), Optional.empty());
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("the tools cannot be read");
            heading.state("Not known at this moment");
            grid.setVisible(false);
            layout.setDetail(null);
            emptyPlace.removeAll();
            emptyPlace.add(unreadable());
        }
    }

    private void reload() {
        all = tools.summaries(ToolFilter.none(), Optional.empty(), MOST);
        var shown = all.stream().filter(state.filter()::accepts).toList();
        var routes = all.stream().map(one -> one.tool().route()).distinct().toList();
        var awaiting = all.stream().filter(one -> one.standing().awaitsReview()).count();
        filters.show(state, routes);
        inbox.setText("Awaiting review (" + awaiting + ")");
        inbox.setVisible(!all.isEmpty());
        claims.setEnabled(!routes.isEmpty());
        heading.state((all.size() == MOST ? "The first " : "") + count(all.size(), "tool") + " on "
                + count(routes.size(), "route") + (shown.size() == all.size() ? "" : ", " + shown.size() + " shown"));
        grid.setItems(shown);
        grid.mark(shown, state.selected());
        grid.setVisible(!shown.isEmpty());
        emptyPlace.removeAll();
        if (shown.isEmpty()) {
            emptyPlace.add(all.isEmpty() ? nothingYet() : nothingMatches());
        }
    }

    private void showDetail(Optional<String> told, Optional<Review> unsent) {
        layout.setDetail(
                state.selected().map(tool -> detail(tool, told, unsent)).orElse(null));
    }

    private Component detail(ToolCursor tool, Optional<String> told, Optional<Review> unsent) {
        var offered = actor.isEditor()
                ? Optional.of(decisions.about(tool.route(), tool.name(), tools.seen()))
                : Optional.<ReviewForm.Decisions>empty();
        return tools.find(tool.route(), tool.name())
                .map(entry -> (Component) new ToolPanel(tools, entry, told, unsent, offered, this::close))
                .orElseGet(() -> new MissingDetail(
                        "Not in the catalogue",
                        "No list of " + VisibleText.line(tool.route()) + " has named a tool "
                                + VisibleText.line(tool.name()) + ".",
                        this::close));
    }

    private void showClaims() {
        var routes = all.stream().map(one -> one.tool().route()).distinct().toList();
        var chosen = state.filter()
                .route()
                .or(() -> routes.size() == 1 ? routes.stream().findFirst() : Optional.empty());
        if (chosen.isEmpty()) {
            Notification.show("Choose a route first: claims are accepted for one route at a time.");
            return;
        }
        decisions.openClaims(chosen.get());
    }

    /// @param outcome what happened; with what was filled in when it could not be sent
    private void decided(ToolDecisions.Told outcome) {
        reload();
        showDetail(outcome.trouble(), outcome.unsent());
        if (state.selected().isEmpty()) {
            outcome.trouble()
                    .ifPresent(sentence -> Notification.show(sentence, 12_000, Notification.Position.TOP_CENTER)
                            .addThemeVariants(NotificationVariant.LUMO_ERROR));
        }
        outcome.done().ifPresent(sentence -> {
            var notice = Notification.show(sentence);
            notice.addThemeVariants(NotificationVariant.LUMO_SUCCESS);
        });
    }

    private void apply(ToolFilter wanted) {
        go(state.with(wanted));
    }

    private void close() {
        go(state.select(Optional.empty()));
    }

    private void go(ToolsState wanted) {
        getUI().ifPresent(ui -> ui.navigate(ToolsView.class, wanted.asParameters()));
    }

    private static ToolFilter awaiting() {
        return new ToolFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true);
    }

    private static EmptyState nothingYet() {
        return new EmptyState(
                VaadinIcon.TOOLS,
                "No tools yet",
                "Tools appear here as soon as a client lists those of an upstream through the gateway.");
    }

    private EmptyState nothingMatches() {
        var awaiting = state.filter().equals(awaiting());
        var clear = new Button("Show all tools", _ -> apply(ToolFilter.none()));
        return awaiting
                ? new EmptyState(
                        VaadinIcon.CHECK, "Nothing awaits a review", "Somebody has decided about every tool.", clear)
                : new EmptyState(VaadinIcon.FILTER, "Nothing matches", "No tool matches these filters.", clear);
    }

    private EmptyState unreadable() {
        return new EmptyState(
                VaadinIcon.WARNING,
                "The catalogue cannot be read now",
                "The database does not answer. Nothing is lost.",
                new Button("Try again", _ -> show()));
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}

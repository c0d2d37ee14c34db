package dev.portcullis.console.toolcalls.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AttachmentType;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParam;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.server.streams.DownloadEvent;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.components.DetailLayout;
import dev.portcullis.console.components.EmptyState;
import dev.portcullis.console.components.LiveUpdates;
import dev.portcullis.console.components.MissingDetail;
import dev.portcullis.console.components.QuietText;
import dev.portcullis.console.components.ViewHeading;
import dev.portcullis.console.evaluation.EvaluationService;
import dev.portcullis.console.toolcalls.ExportFormat;
import dev.portcullis.console.toolcalls.Revelation;
import dev.portcullis.console.toolcalls.ToolCall;
import dev.portcullis.console.toolcalls.ToolCallService;
import dev.portcullis.console.tools.VisibleText;
import jakarta.annotation.security.RolesAllowed;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/// Every exchange on record, newest first. Filter and selection live in the URL.
@Route("tool-calls/:" + ToolCallsView.CALL + "?")
@StyleSheet("toolcalls.css")
@PageTitle("Tool calls · Portcullis")
@Menu(title = "Tool calls", order = 1, icon = "vaadin:list")
@RolesAllowed(Roles.VIEWER)
class ToolCallsView extends Div implements BeforeEnterObserver {
    static final String CALL = "call";

    private static final long serialVersionUID = 1L;
    private static final Duration TAIL_PERIOD = Duration.ofSeconds(2);
    private static final String LIVE = "Live";

    /// In pixels.
    private static final double TOP = 40;

    private final transient ToolCallService calls;
    private final transient EvaluationService evaluations;
    private final transient Actor actor;
    private final transient Clock clock;
    private final ViewHeading heading;
    private final CallFilterBar filters;
    private final ToolCallGrid grid;
    private final Checkbox tail = new Checkbox(LIVE);
    private final Div emptyPlace = new Div();
    private final Component export;
    private final Button further = new Button("Search further back", VaadinIcon.SEARCH.create(), _ -> goOn());
    private final DetailLayout layout;
    private FilterState state = FilterState.none();

    ToolCallsView(ToolCallService calls, EvaluationService evaluations, LiveUpdates live, Actor actor, Clock clock) {
        this.calls = calls;
        this.evaluations = evaluations;
        this.actor = actor;
        this.clock = clock;
        addClassName("view");
        var refresh = new Button("Refresh", VaadinIcon.REFRESH.create(), _ -> reload());
        refresh.addThemeVariants(ButtonVariant.LUMO_SMALL);
        tail.setTooltipText("Show new calls as they are recorded");
        export = exportFor(actor);
        heading = new ViewHeading("Tool calls", tail, refresh, export);
        filters = new CallFilterBar(this::apply);
        grid = new ToolCallGrid(calls, this::open, this::showEmptyState);
        further.addThemeVariants(ButtonVariant.LUMO_SMALL);
        further.setTooltipText("What matches is rare: the search has stopped for now");
        layout = new DetailLayout("Tool call", "30rem", this::close, filters, grid, emptyPlace, further);
        add(heading, layout);
        live.whileAttached(this, TAIL_PERIOD, this::follow);
    }

    private Component exportFor(Actor somebody) {
        if (!somebody.isAuditor() && !somebody.isAdmin()) {
            return new QuietText("Auditors and admins can export");
        }
        var link = new Anchor(this::export, AttachmentType.DOWNLOAD, "Export CSV");
        link.addClassName("export-link");
        link.setTitle("What is listed, without arguments and results");
        return link;
    }

    @Override
    protected void onAttach(AttachEvent event) {
        grid.fitTo(event.getUI().getPage());
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var wanted = FilterState.of(event.getLocation().getQueryParameters());
        if (!wanted.equals(state) || !grid.isLoaded()) {
            state = wanted;
            reload();
        }
        var call = event.getRouteParameters().get(CALL);
        grid.setBesideDetail(call.isPresent());
        setClassName("toolcalls-beside-detail", call.isPresent());
        call.ifPresentOrElse(this::show, () -> layout.setDetail(null));
    }

    private void reload() {
        filters.show(state, calls.seen());
        export.setVisible(state.trouble().isEmpty());
        if (state.trouble().isPresent()) {
            grid.clear();
        } else {
            grid.load(state.filter(clock.instant()));
        }
        heading.state(
                state.isEmpty()
                        ? "Every exchange with the gateway, newest first"
                        : state.trouble().map(_ -> "Nothing is listed").orElse("Filtered; newest first"));
        showEmptyState();
    }

    private void showEmptyState() {
        grid.setVisible(!grid.isEmpty());
        emptyPlace.removeAll();
        further.setVisible(grid.isPaused());
        if (grid.isEmpty()) {
            emptyPlace.add(state.trouble()
                    .map(this::unreadable)
                    .orElseGet(() ->
                            grid.isPaused() ? nothingSoFar() : state.isEmpty() ? nothingYet() : nothingMatches()));
        }
    }

    private void goOn() {
        grid.goOn();
        showEmptyState();
    }

    private static EmptyState nothingSoFar() {
        return new EmptyState(
                VaadinIcon.SEARCH, "Nothing so far", "No recent call matches these filters. There are older ones.");
    }

    private static EmptyState nothingYet() {
        return new EmptyState(
                VaadinIcon.CONNECT,
                "No calls yet",
                "Calls appear here as soon as a client talks to the gateway, allowed or not.");
    }

    private EmptyState nothingMatches() {
        return new EmptyState(
                VaadinIcon.FILTER, "Nothing matches", "No call on record matches these filters.", clear());
    }

    private EmptyState unreadable(String trouble) {
        return new EmptyState(VaadinIcon.QUESTION, "Not a filter", trouble, clear());
    }

    private Button clear() {
        return new Button("Clear filters", _ -> apply(FilterState.none()));
    }

    /// Asks cheaply whether there is anything new before it touches the list, and waits while somebody
    /// reads further down: what they read must not move.
    private void follow() {
        if (tail.getValue() && grid.isOutdated()) {
            grid.getElement().executeJs("return this.$.table.scrollTop").then(Double.class, this::showNewer);
        }
    }

    private void showNewer(double scrolled) {
        if (state.trouble().isPresent()) {
            return;
        }
        if (scrolled < TOP) {
            tail.setLabel(LIVE);
            grid.load(state.filter(clock.instant()));
            showEmptyState();
        } else {
            tail.setLabel("Live (paused: scroll up)");
        }
    }

    /// Whoever searches for the id of an exchange wants to see it.
    private void apply(FilterState wanted) {
        var exchange = wanted.text()
                .flatMap(ToolCallsView::uuid)
                .filter(id -> calls.byId(id).isPresent());
        exchange.ifPresentOrElse(this::open, () -> filter(wanted));
    }

    private void filter(FilterState wanted) {
        getUI().ifPresent(ui -> ui.navigate(ToolCallsView.class, wanted.asParameters()));
    }

    private void open(UUID id) {
        getUI().ifPresent(ui -> ui.navigate(
                ToolCallsView.class, new RouteParameters(new RouteParam(CALL, id.toString())), state.asParameters()));
    }

    /// Also when the filter is the id of the very exchange that is left.
    private void close() {
        filter(state);
    }

    private void show(String id) {
        var call = uuid(id).flatMap(calls::byId);
        layout.setDetail(call.<Component>map(this::detail)
                .orElseGet(() -> new MissingDetail(
                        "Not on record",
                        "There is no exchange with the id " + VisibleText.line(id) + ".",
                        this::close)));
    }

    private ToolCallDetail detail(ToolCall call) {
        var neighbours = new Neighbours(grid.newerThan(call.id()), grid.olderThan(call.id()), this::open);
        var again = Optional.of(new TodaysDecision(evaluations, call))
                .filter(_ -> actor.isAuditor() && !call.decision().equals("none"));
        return new ToolCallDetail(call, neighbours, this::close, again, new PayloadSection(calls, actor, call));
    }

    /// What callers have sent is shown one by one, to who says why.
    private void export(DownloadEvent download) throws IOException {
        var format = ExportFormat.CSV;
        var who = new Revelation(actor.name(), Optional.empty());
        download.setFileName("tool-calls.csv");
        download.setContentType(format.mediaType());
        try (var out = new OutputStreamWriter(download.getOutputStream(), StandardCharsets.UTF_8)) {
            format.begin(out);
            calls.export(state.filter(clock.instant()), format, false, who, call -> format.write(call, out));
        }
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

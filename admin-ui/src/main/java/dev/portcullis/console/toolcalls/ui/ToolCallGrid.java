package dev.portcullis.console.toolcalls.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.page.Page;
import com.vaadin.flow.data.provider.DataProvider;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.toolcalls.ToolCallFilter;
import dev.portcullis.console.toolcalls.ToolCallService;
import dev.portcullis.console.toolcalls.ToolCallSummary;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The list: columns where there is room, one card a row where there is not.
final class ToolCallGrid extends Grid<ToolCallSummary> {
    private static final long serialVersionUID = 1L;

    /// Below this many pixels a row becomes a card; beside an open detail there must be more.
    private static final int NARROW = 800;

    private static final int NARROW_WITH_DETAIL = 1_600;

    private static final int PAGE = 50;

    private final transient ToolCallService calls;
    private final transient Runnable paused;
    private final Column<ToolCallSummary> card;
    private final List<Column<ToolCallSummary>> columns;
    private int browserWidth = Integer.MAX_VALUE;
    private boolean besideDetail;
    private transient Optional<ToolCallPages> pages = Optional.empty();

    /// @param paused what to do when the search has stopped while somebody scrolled
    ToolCallGrid(ToolCallService calls, Consumer<UUID> open, Runnable paused) {
        super(PAGE);
        this.calls = calls;
        this.paused = paused;
        addClassName("calls-grid");
        addThemeVariants(GridVariant.LUMO_NO_BORDER, GridVariant.LUMO_COMPACT);
        card = addColumn(new ComponentRenderer<Component, ToolCallSummary>(ToolCallGrid::card))
                .setHeader("Tool calls");
        columns = List.of(
                addColumn(call -> Moments.exact(call.occurredAt()))
                        .setHeader("Time (UTC)")
                        .setWidth("11.75rem")
                        .setFlexGrow(0),
                addColumn(new ComponentRenderer<Component, ToolCallSummary>(ToolCallGrid::what))
                        .setHeader("Tool or method")
                        .setFlexGrow(3),
                addColumn(call -> call.route().orElse("—"))
                        .setHeader("Route")
                        .setWidth("6rem")
                        .setFlexGrow(0),
                addColumn(new ComponentRenderer<Component, ToolCallSummary>(ToolCallGrid::who))
                        .setHeader("Caller")
                        .setFlexGrow(3),
                addColumn(new ComponentRenderer<Component, ToolCallSummary>(call -> Outcomes.chip(call.outcome())))
                        .setHeader("Outcome")
                        .setWidth("8rem")
                        .setFlexGrow(0),
                addColumn(ToolCallGrid::why).setHeader("Decided by").setFlexGrow(2),
                addColumn(call -> call.latencyMicros().map(Moments::duration).orElse("—"))
                        .setHeader("Took")
                        .setTextAlign(com.vaadin.flow.component.grid.ColumnTextAlign.END)
                        .setWidth("5.5rem")
                        .setFlexGrow(0));
        columns.forEach(column -> column.setResizable(true));
        addItemClickListener(event -> open.accept(event.getItem().id()));
        addSelectionListener(event -> event.getFirstSelectedItem()
                .filter(_ -> event.isFromClient())
                .ifPresent(call -> open.accept(call.id())));
    }

    /// Chooses columns or cards for the browser's width, now and whenever it changes.
    void fitTo(Page page) {
        resized(page.getExtendedClientDetails().getWindowInnerWidth());
        page.addBrowserWindowResizeListener(event -> resized(event.getWidth()));
    }

    /// Whether the list shares the screen with a detail.
    void setBesideDetail(boolean besideDetail) {
        this.besideDetail = besideDetail;
        fit();
    }

    void load(ToolCallFilter filter) {
        var loaded = new ToolCallPages(calls, filter);
        pages = Optional.of(loaded);
        setItems(DataProvider.fromCallbacks(
                query -> rows(loaded, query.getOffset(), query.getLimit()), _ -> loaded.size()));
    }

    /// Whether what is looked for is so rare that somebody has to say that the search is to go on.
    boolean isPaused() {
        return pages.map(ToolCallPages::isPaused).orElse(false);
    }

    /// Searches further back.
    void goOn() {
        pages.ifPresent(ToolCallPages::goOn);
        getDataProvider().refreshAll();
    }

    private Stream<ToolCallSummary> rows(ToolCallPages loaded, int offset, int limit) {
        var rows = loaded.rows(offset, limit);
        if (loaded.isPaused()) {
            getUI().ifPresent(ui -> ui.access(paused::run));
        }
        return rows.stream();
    }

    Optional<UUID> newerThan(UUID id) {
        return pages.flatMap(known -> known.newerThan(id)).map(ToolCallSummary::id);
    }

    Optional<UUID> olderThan(UUID id) {
        return pages.flatMap(known -> known.olderThan(id)).map(ToolCallSummary::id);
    }

    boolean isLoaded() {
        return pages.isPresent();
    }

    boolean isEmpty() {
        return pages.map(ToolCallPages::isEmpty).orElse(true);
    }

    /// Whether there are newer records than the list shows.
    boolean isOutdated() {
        return pages.map(ToolCallPages::isOutdated).orElse(true);
    }

    private void resized(int width) {
        browserWidth = width > 0 ? width : Integer.MAX_VALUE;
        fit();
    }

    private void fit() {
        var narrow = browserWidth < (besideDetail ? NARROW_WITH_DETAIL : NARROW);
        card.setVisible(narrow);
        columns.forEach(column -> column.setVisible(!narrow));
        setClassName("as-cards", narrow);
    }

    private static String name(ToolCallSummary call) {
        return call.tool().or(call::method).or(() -> withoutMessage(call)).orElse("(unreadable request)");
    }

    /// What carries no message: the server's own stream, and the end of a session.
    private static Optional<String> withoutMessage(ToolCallSummary call) {
        return call.httpMethod()
                .filter(verb -> verb.equals("GET") || verb.equals("DELETE"))
                .map(verb -> verb.equals("GET") ? "GET (server stream)" : "DELETE (end of session)");
    }

    private static Component what(ToolCallSummary call) {
        var name = new Span(name(call));
        name.addClassName(call.tool().isPresent() ? "tool-name" : "method-name");
        var cell = new Div(name);
        call.action().ifPresent(action -> cell.add(secondary(action)));
        cell.addClassName("two-part");
        return cell;
    }

    private static Component who(ToolCallSummary call) {
        var cell = new Div(new Span(call.caller().orElse("anonymous")));
        call.clientName().ifPresent(client -> cell.add(secondary(client)));
        cell.addClassName("two-part");
        return cell;
    }

    private static String why(ToolCallSummary call) {
        return call.rules().isEmpty() ? call.refusal().orElse("") : String.join(", ", call.rules());
    }

    private static Span secondary(String text) {
        var span = new Span(text);
        span.addClassName("secondary");
        return span;
    }

    private static Component card(ToolCallSummary call) {
        var first = new Div(what(call), Outcomes.chip(call.outcome()));
        first.addClassName("card-line");
        var second = new Div(
                secondary(Moments.exact(call.occurredAt())),
                secondary(call.route().orElse("—") + " · " + call.caller().orElse("anonymous")));
        second.addClassName("card-line");
        var card = new Div(first, second);
        card.addClassName("call-card");
        var reason = why(call);
        if (!reason.isEmpty()) {
            card.add(secondary(reason));
        }
        return card;
    }
}

package dev.portcullis.console.toolcalls.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.provider.DataProvider;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.portcullis.console.components.FittingGrid;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.components.QuietText;
import dev.portcullis.console.toolcalls.ToolCallFilter;
import dev.portcullis.console.toolcalls.ToolCallService;
import dev.portcullis.console.toolcalls.ToolCallSummary;
import dev.portcullis.console.tools.VisibleText;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The list: columns where there is room, one card a row where there is not.
final class ToolCallGrid extends FittingGrid<ToolCallSummary> {
    private static final long serialVersionUID = 1L;

    private static final int NARROW_BESIDE_DETAIL = 1_600;
    private static final int PAGE = 50;

    private final transient ToolCallService calls;
    private final transient Runnable paused;
    private transient Optional<ToolCallPages> pages = Optional.empty();

    /// @param paused what to do when the search has stopped while somebody scrolled
    ToolCallGrid(ToolCallService calls, Consumer<UUID> open, Runnable paused) {
        super("Tool calls", NARROW_BESIDE_DETAIL, PAGE);
        this.calls = calls;
        this.paused = paused;
        asCards(ToolCallGrid::card);
        asColumns(List.of(
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
                        .setFlexGrow(0)));
        addItemClickListener(event -> open.accept(event.getItem().id()));
        onChoice(call -> open.accept(call.id()));
    }

    void load(ToolCallFilter filter) {
        var loaded = new ToolCallPages(calls, filter);
        pages = Optional.of(loaded);
        setItems(DataProvider.fromCallbacks(
                query -> rows(loaded, query.getOffset(), query.getLimit()), _ -> loaded.size()));
    }

    /// Lists nothing, and knows of nothing newer.
    void clear() {
        pages = Optional.empty();
        setItems(List.of());
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
        return pages.map(ToolCallPages::isOutdated).orElse(false);
    }

    private static Component what(ToolCallSummary call) {
        var name = new Span(VisibleText.line(ExchangeName.of(call)));
        name.addClassName(call.tool().isPresent() ? "tool-name" : "method-name");
        var cell = new Div(name);
        call.action().ifPresent(action -> cell.add(new QuietText(action)));
        cell.addClassName("two-part");
        return cell;
    }

    private static Component who(ToolCallSummary call) {
        var cell = new Div(new Span(VisibleText.line(call.caller().orElse("anonymous"))));
        call.clientName().ifPresent(client -> cell.add(new QuietText(client)));
        cell.addClassName("two-part");
        return cell;
    }

    private static String why(ToolCallSummary call) {
        return call.rules().isEmpty() ? call.refusal().orElse("") : String.join(", ", call.rules());
    }

    private static Component card(ToolCallSummary call) {
        var first = new Div(what(call), Outcomes.chip(call.outcome()));
        first.addClassName("card-line");
        var second = new Div(
                new QuietText(Moments.exact(call.occurredAt())),
                new QuietText(call.route().orElse("—") + " · " + call.caller().orElse("anonymous")));
        second.addClassName("card-line");
        var card = card(first, second);
        var reason = why(call);
        if (!reason.isEmpty()) {
            card.add(new QuietText(reason));
        }
        return card;
    }
}

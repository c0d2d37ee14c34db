package dev.portcullis.console.tools.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.page.Page;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.tools.ToolCursor;
import dev.portcullis.console.tools.ToolSummary;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The catalogue: columns where there is room, one card a row where there is not.
final class ToolGrid extends Grid<ToolSummary> {
    private static final long serialVersionUID = 1L;
    private static final int NARROW = 800;
    private static final int NARROW_WITH_DETAIL = 1_500;

    private final transient Clock clock;
    private final Column<ToolSummary> card;
    private final List<Column<ToolSummary>> columns;
    private int browserWidth = Integer.MAX_VALUE;
    private boolean besideDetail;

    ToolGrid(Clock clock, Consumer<ToolCursor> open) {
        this.clock = clock;
        addClassName("tools-grid");
        addThemeVariants(GridVariant.LUMO_NO_BORDER, GridVariant.LUMO_COMPACT);
        getElement().setAttribute("aria-label", "Tools");
        card = addColumn(new ComponentRenderer<Component, ToolSummary>(this::card))
                .setHeader("Tools");
        columns = List.of(
                addColumn(new ComponentRenderer<Component, ToolSummary>(ToolGrid::name))
                        .setHeader("Tool")
                        .setComparator(one -> one.tool().name())
                        .setFlexGrow(3),
                addColumn(one -> one.tool().route())
                        .setHeader("Route")
                        .setSortable(true)
                        .setWidth("8rem")
                        .setFlexGrow(0),
                addColumn(new ComponentRenderer<Component, ToolSummary>(ToolGrid::toolClass))
                        .setHeader("Class")
                        .setComparator(one -> one.standing().toolClass())
                        .setFlexGrow(2),
                addColumn(new ComponentRenderer<Component, ToolSummary>(one -> Standing.chips(one.standing())))
                        .setHeader("State")
                        .setComparator(one -> one.standing().state())
                        .setWidth("12rem")
                        .setFlexGrow(0),
                addColumn(one -> Moments.toTheSecond(one.tool().firstSeenAt()))
                        .setHeader("First seen")
                        .setComparator(one -> one.tool().firstSeenAt())
                        .setWidth("13rem")
                        .setFlexGrow(0),
                addColumn(one -> Moments.ago(one.tool().lastSeenAt(), clock.instant()))
                        .setHeader("Last seen")
                        .setComparator(one -> one.tool().lastSeenAt())
                        .setWidth("7rem")
                        .setFlexGrow(0));
        columns.forEach(column -> column.setResizable(true));
        addSelectionListener(event -> event.getFirstSelectedItem()
                .filter(_ -> event.isFromClient())
                .ifPresent(one -> open.accept(cursor(one))));
    }

    static ToolCursor cursor(ToolSummary one) {
        return new ToolCursor(one.tool().route(), one.tool().name());
    }

    /// Chooses columns or cards for the browser's width, now and whenever it changes.
    void fitTo(Page page) {
        resized(page.getExtendedClientDetails().getWindowInnerWidth());
        page.addBrowserWindowResizeListener(event -> resized(event.getWidth()));
    }

    /// Marks the tool whose detail is open.
    void mark(List<ToolSummary> shown, Optional<ToolCursor> selected) {
        besideDetail = selected.isPresent();
        fit();
        var row = shown.stream()
                .filter(one -> selected.equals(Optional.of(cursor(one))))
                .findFirst();
        if (row.isPresent()) {
            select(row.get());
        } else {
            deselectAll();
        }
    }

    private void resized(int width) {
        browserWidth = width > 0 ? width : Integer.MAX_VALUE;
        fit();
    }

    private void fit() {
        var narrow = browserWidth < (besideDetail ? NARROW_WITH_DETAIL : NARROW);
        card.setVisible(narrow);
        columns.forEach(column -> column.setVisible(!narrow));
    }

    private static Component name(ToolSummary one) {
        var name = new Span(one.tool().name());
        name.addClassName("tool-name");
        return name;
    }

    private static Component toolClass(ToolSummary one) {
        var cell = new Div(
                new Span(one.standing().toolClass().wireName()),
                secondary(Standing.source(one.standing().classSource())));
        cell.addClassName("two-part");
        return cell;
    }

    private Component card(ToolSummary one) {
        var first = new Div(name(one), Standing.chips(one.standing()));
        first.addClassName("card-line");
        var second = new Div(
                secondary(
                        one.tool().route() + " · " + one.standing().toolClass().wireName() + ", "
                                + Standing.source(one.standing().classSource())),
                secondary(Moments.ago(one.tool().lastSeenAt(), clock.instant())));
        second.addClassName("card-line");
        var card = new Div(first, second);
        card.addClassName("tools-card");
        return card;
    }

    private static Span secondary(String text) {
        var span = new Span(text);
        span.addClassName("secondary");
        return span;
    }
}

package dev.portcullis.console.callers.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.page.Page;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.portcullis.console.callers.SeenCaller;
import dev.portcullis.console.callers.SeenFact;
import dev.portcullis.console.components.Moments;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The callers: columns where there is room, one card a row where there is not.
final class CallerGrid extends Grid<SeenCaller> {
    private static final long serialVersionUID = 1L;
    private static final int NARROW = 800;
    private static final int NARROW_WITH_DETAIL = 1_500;

    private final transient Clock clock;
    private final Column<SeenCaller> card;
    private final List<Column<SeenCaller>> columns;
    private int browserWidth = Integer.MAX_VALUE;
    private boolean besideDetail;

    CallerGrid(Clock clock, Consumer<UUID> open) {
        this.clock = clock;
        addClassName("callers-grid");
        addThemeVariants(GridVariant.LUMO_NO_BORDER, GridVariant.LUMO_COMPACT);
        getElement().setAttribute("aria-label", "Callers");
        card = addColumn(new ComponentRenderer<Component, SeenCaller>(this::card))
                .setHeader("Callers");
        columns = List.of(
                addColumn(new ComponentRenderer<Component, SeenCaller>(CallerGrid::who))
                        .setHeader("Caller")
                        .setFlexGrow(3),
                addColumn(one -> Kinds.label(one.kind()))
                        .setHeader("Kind")
                        .setWidth("8rem")
                        .setFlexGrow(0),
                addColumn(one -> some(one.clients())).setHeader("Software").setFlexGrow(2),
                addColumn(one -> some(one.routes())).setHeader("Routes").setFlexGrow(1),
                addColumn(one -> some(one.addresses())).setHeader("From").setFlexGrow(1),
                addColumn(one -> number(one.toolCalls()))
                        .setHeader("Tool calls")
                        .setTextAlign(ColumnTextAlign.END)
                        .setWidth("7rem")
                        .setFlexGrow(0),
                addColumn(one -> number(one.refused()))
                        .setHeader("Refused")
                        .setTextAlign(ColumnTextAlign.END)
                        .setWidth("6rem")
                        .setFlexGrow(0),
                addColumn(one -> Moments.ago(one.lastSeenAt(), clock.instant()))
                        .setHeader("Last seen")
                        .setWidth("7rem")
                        .setFlexGrow(0));
        columns.forEach(column -> column.setResizable(true));
        addSelectionListener(event ->
                event.getFirstSelectedItem().filter(_ -> event.isFromClient()).ifPresent(one -> open.accept(one.id())));
    }

    /// Chooses columns or cards for the browser's width, now and whenever it changes.
    void fitTo(Page page) {
        resized(page.getExtendedClientDetails().getWindowInnerWidth());
        page.addBrowserWindowResizeListener(event -> resized(event.getWidth()));
    }

    /// Marks the caller whose detail is open.
    void mark(List<SeenCaller> shown, Optional<UUID> selected) {
        besideDetail = selected.isPresent();
        fit();
        var row = shown.stream()
                .filter(one -> selected.equals(Optional.of(one.id())))
                .findFirst();
        if (row.isPresent()) {
            select(row.get());
        } else {
            deselectAll();
        }
    }

    static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
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

    private static Component who(SeenCaller one) {
        var name = new Span(one.name());
        name.addClassName("tool-name");
        var cell = new Div(name);
        if (!one.name().equals(one.caller())) {
            cell.add(secondary(one.caller()));
        }
        cell.addClassName("two-part");
        return cell;
    }

    private static String some(List<SeenFact> facts) {
        return facts.isEmpty() ? "—" : facts.stream().map(SeenFact::value).collect(Collectors.joining(", "));
    }

    private Component card(SeenCaller one) {
        var first = new Div(who(one), secondary(Moments.ago(one.lastSeenAt(), clock.instant())));
        first.addClassName("card-line");
        var second = new Div(
                secondary(Kinds.label(one.kind()) + " · " + some(one.clients())),
                secondary(number(one.toolCalls()) + " tool calls"));
        second.addClassName("card-line");
        var card = new Div(first, second);
        card.addClassName("callers-card");
        return card;
    }

    private static Span secondary(String text) {
        var span = new Span(text);
        span.addClassName("secondary");
        return span;
    }
}

package dev.portcullis.console.tools.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.portcullis.console.components.FittingGrid;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.components.QuietText;
import dev.portcullis.console.tools.ToolCursor;
import dev.portcullis.console.tools.ToolSummary;
import dev.portcullis.console.tools.VisibleText;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The catalogue: columns where there is room, one card a row where there is not.
final class ToolGrid extends FittingGrid<ToolSummary> {
    private static final long serialVersionUID = 1L;
    private static final int NARROW_BESIDE_DETAIL = 1_500;
    private static final int PAGE = 50;

    private final transient Clock clock;

    ToolGrid(Clock clock, Consumer<ToolCursor> open) {
        super("Tools", NARROW_BESIDE_DETAIL, PAGE);
        this.clock = clock;
        asCards(this::card);
        asColumns(List.of(
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
                        .setFlexGrow(0)));
        onChoice(one -> open.accept(cursor(one)));
    }

    static ToolCursor cursor(ToolSummary one) {
        return new ToolCursor(one.tool().route(), one.tool().name());
    }

    /// Marks the tool whose detail is open.
    void mark(List<ToolSummary> shown, Optional<ToolCursor> selected) {
        setBesideDetail(selected.isPresent());
        mark(shown.stream()
                .filter(one -> selected.equals(Optional.of(cursor(one))))
                .findFirst());
    }

    private static Component name(ToolSummary one) {
        var name = new Span(VisibleText.line(one.tool().name()));
        name.addClassName("tool-name");
        return name;
    }

    private static Component toolClass(ToolSummary one) {
        var cell = new Div(
                new Span(one.standing().toolClass().wireName()),
                new QuietText(Standing.source(one.standing().classSource())));
        cell.addClassName("two-part");
        return cell;
    }

    private Component card(ToolSummary one) {
        var first = new Div(name(one), Standing.chips(one.standing()));
        first.addClassName("card-line");
        var second = new Div(
                new QuietText(
                        one.tool().route() + " · " + one.standing().toolClass().wireName() + ", "
                                + Standing.source(one.standing().classSource())),
                new QuietText(Moments.ago(one.tool().lastSeenAt(), clock.instant())));
        second.addClassName("card-line");
        return card(first, second);
    }
}

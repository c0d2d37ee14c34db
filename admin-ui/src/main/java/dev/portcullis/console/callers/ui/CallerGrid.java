package dev.portcullis.console.callers.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.portcullis.console.callers.SeenCaller;
import dev.portcullis.console.callers.SeenFact;
import dev.portcullis.console.components.FittingGrid;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.components.QuietText;
import dev.portcullis.console.tools.VisibleText;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The callers: columns where there is room, one card a row where there is not.
final class CallerGrid extends FittingGrid<SeenCaller> {
    private static final long serialVersionUID = 1L;
    private static final int NARROW_BESIDE_DETAIL = 1_500;
    private static final int PAGE = 50;

    private final transient Clock clock;

    CallerGrid(Clock clock, Consumer<UUID> open) {
        super("Callers", NARROW_BESIDE_DETAIL, PAGE);
        this.clock = clock;
        asCards(this::card);
        asColumns(List.of(
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
                        .setFlexGrow(0)));
        onChoice(one -> open.accept(one.id()));
    }

    /// Marks the caller whose detail is open.
    void mark(List<SeenCaller> shown, Optional<UUID> selected) {
        setBesideDetail(selected.isPresent());
        mark(shown.stream()
                .filter(one -> selected.equals(Optional.of(one.id())))
                .findFirst());
    }

    static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static Component who(SeenCaller one) {
        var name = new Span(VisibleText.line(one.name()));
        name.addClassName("tool-name");
        var cell = new Div(name);
        if (!one.name().equals(one.caller())) {
            cell.add(new QuietText(one.caller()));
        }
        cell.addClassName("two-part");
        return cell;
    }

    private static String some(List<SeenFact> facts) {
        return facts.isEmpty()
                ? "—"
                : facts.stream().map(SeenFact::value).map(VisibleText::line).collect(Collectors.joining(", "));
    }

    private Component card(SeenCaller one) {
        var first = new Div(who(one), new QuietText(Moments.ago(one.lastSeenAt(), clock.instant())));
        first.addClassName("card-line");
        var second = new Div(
                new QuietText(Kinds.label(one.kind()) + " · " + some(one.clients())),
                new QuietText(number(one.toolCalls()) + " tool calls"));
        second.addClassName("card-line");
        return card(first, second);
    }
}

package dev.portcullis.console.overview.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.portcullis.console.components.CallList;
import dev.portcullis.console.counts.NamedCount;
import dev.portcullis.console.overview.OutcomeGroup;
import dev.portcullis.console.tools.VisibleText;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// The names with the most calls, each with a bar as long as its share of the first one's.
final class TopList extends Div {
    private static final long serialVersionUID = 1L;

    private final String parameter;
    private final OrderedList names = new OrderedList();
    private final Paragraph nothing;

    /// @param parameter what a name is called where calls are listed
    /// @param nothing what to say when there is none
    TopList(String heading, String parameter, String nothing) {
        this.parameter = parameter;
        this.nothing = new Paragraph(nothing);
        this.nothing.addClassName("secondary");
        addClassNames("panel", "overview-top");
        add(new H2(heading), names, this.nothing);
    }

    /// @param list of the period
    void show(List<NamedCount> counts, Supplier<CallList> list) {
        nothing.setVisible(counts.isEmpty());
        names.setVisible(!counts.isEmpty());
        names.removeAll();
        counts.forEach(count -> names.add(item(count, counts.getFirst().calls(), list)));
    }

    private ListItem item(NamedCount count, long most, Supplier<CallList> list) {
        var name = new Span(VisibleText.line(count.name()));
        name.addClassName("overview-top-name");
        var calls = new Span(Tiles.number(count.calls()));
        calls.addClassName("overview-top-calls");
        var link = new Anchor(list.get().with(parameter, count.name()).address(), name, calls);
        link.getElement().setAttribute("router-link", true);
        link.addClassName("overview-top-link");
        var bar = new Div();
        bar.addClassName("overview-top-bar");
        bar.getElement().setAttribute("aria-hidden", "true");
        bar.getStyle()
                .set(
                        "--overview-share",
                        String.format(Locale.ROOT, "%.1f%%", 100.0 * count.calls() / Math.max(1, most)));
        var more = new Div();
        more.addClassNames("overview-top-more", "secondary");
        if (count.refusals() < count.calls()) {
            part(count, count.refusals(), "refused", OutcomeGroup.REFUSALS, list)
                    .ifPresent(more::add);
        }
        part(count, count.errors(), "failed", OutcomeGroup.ERRORS, list).ifPresent(more::add);
        return new ListItem(link, bar, more);
    }

    private Optional<Anchor> part(
            NamedCount count, long calls, String word, OutcomeGroup group, Supplier<CallList> list) {
        return calls == 0
                ? Optional.empty()
                : Optional.of(CallList.link(
                        list.get()
                                .with(parameter, count.name())
                                .ended(group.outcomes())
                                .address(),
                        Tiles.number(calls) + " " + word));
    }
}

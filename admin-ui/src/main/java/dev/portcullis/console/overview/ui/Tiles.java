package dev.portcullis.console.overview.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.portcullis.console.components.CallList;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.overview.OutcomeGroup;
import dev.portcullis.console.overview.Overview;
import dev.portcullis.console.overview.Overview.Latency;

import java.util.Locale;
import java.util.Optional;

/// The four numbers of the whole period, each a link to the calls behind it.
final class Tiles extends UnorderedList {
    private static final long serialVersionUID = 1L;

    Tiles() {
        addClassName("overview-tiles");
    }

    void show(Overview overview) {
        removeAll();
        var total = overview.total();
        add(
                tile("Calls", number(total.calls()), "every exchange", list(overview)),
                tile(
                        "Refusals",
                        number(total.refusals()),
                        share(total.refusals(), total.calls()),
                        list(overview).ended(OutcomeGroup.REFUSALS.outcomes())),
                tile(
                        "Errors",
                        number(total.errors()),
                        share(total.errors(), total.calls()),
                        list(overview).ended(OutcomeGroup.ERRORS.outcomes())),
                tile(
                        "Latency, p95",
                        total.latency().map(Latency::p95).map(Moments::duration).orElse("none"),
                        others(total.latency()),
                        list(overview).with("decision", "allowed")));
    }

    private static CallList list(Overview overview) {
        return CallList.between(overview.from(), overview.to());
    }

    private static ListItem tile(String name, String number, String more, CallList list) {
        var label = new Span(name);
        label.addClassName("overview-tile-name");
        var value = new Span(number);
        value.addClassName("overview-tile-number");
        var secondary = new Span(more);
        secondary.addClassName("secondary");
        var link = new Anchor(list.address(), new Div(label, value, secondary));
        link.getElement().setAttribute("router-link", true);
        link.addClassNames("panel", "overview-tile");
        return new ListItem(link);
    }

    private static String others(Optional<Latency> latency) {
        return latency.map(found -> "p50 " + Moments.duration(found.p50()) + ", p99 " + Moments.duration(found.p99()))
                .orElse("no tool was called");
    }

    static String number(long calls) {
        return String.format(Locale.ROOT, "%,d", calls);
    }

    /// `2.1 % of all`
    private static String share(long part, long all) {
        return all == 0 ? "of none" : String.format(Locale.ROOT, "%.1f %% of all", 100.0 * part / all);
    }
}

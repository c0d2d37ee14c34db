package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.replay.Groups;
import dev.portcullis.console.replay.ReplayFindings;
import dev.portcullis.console.replay.ReplayStatus;

import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/// What a replay has found so far, and what it could not find out.
final class ImpactFindings extends Div {
    private static final long serialVersionUID = 1L;

    ImpactFindings(ReplayStatus status) {
        addClassName("policy-findings");
        var found = status.findings();
        var numbers = new Div(
                number(found.newlyRefused().count(), "newly refused", "refused"),
                number(found.newlyAllowed().count(), "newly allowed", "bad"),
                number(found.same().allowed(), "allowed as before", "quiet"),
                number(found.same().refused(), "refused as before", "quiet"),
                number(sum(found.unknown()), "could not be decided again", "quiet"));
        numbers.addClassName("policy-numbers");
        add(numbers);
        if (status.isRunning()) {
            return;
        }
        incomplete(status);
        groups("Newly refused", found.newlyRefused());
        groups("Newly allowed", found.newlyAllowed());
        groups("Allowed, but would be refused if rules that observe were enforced", found.observed());
        notes("Could not be decided again", found.unknown());
        notes("Not a matter of the document", found.skipped());
    }

    /// Links to the first calls of a kind.
    static Component samples(List<UUID> samples) {
        var links = new Div();
        links.addClassName("policy-samples");
        for (var index = 0; index < samples.size(); index++) {
            var link = new Anchor("tool-calls/" + samples.get(index), "call " + (index + 1));
            link.setTitle("Exchange " + samples.get(index));
            links.add(link);
        }
        return links;
    }

    private static Component number(long number, String words, String tone) {
        var figure = new Span("%,d".formatted(number));
        figure.addClassName("policy-number");
        var tile = new Div(figure, new Span(words));
        tile.addClassNames("policy-tile", number > 0 ? "policy-tile-" + tone : "policy-tile-quiet");
        return tile;
    }

    private void incomplete(ReplayStatus status) {
        status.reason().ifPresent(reason -> add(new Paragraph(reason)));
        status.until()
                .ifPresent(
                        until -> add(new Paragraph("There were more records than are read at once. What is newer than "
                                + Moments.toTheSecond(until.atOffset(ZoneOffset.UTC))
                                + " was not looked at; choose a shorter period.")));
        if (!status.complete() && status.until().isEmpty()) {
            add(new Paragraph("It did not come to its end: these numbers are of a part of the period."));
        }
    }

    private void groups(String title, Groups.Shown shown) {
        if (shown.count() > 0) {
            add(new H2(title), new ImpactGroups(title, shown));
        }
    }

    private void notes(String title, List<ReplayFindings.Counted> reasons) {
        if (reasons.isEmpty()) {
            return;
        }
        var list = new UnorderedList();
        reasons.forEach(reason -> list.add(new ListItem(
                new Span("%,d: %s ".formatted(reason.count(), reason.reason())), samples(reason.samples()))));
        list.addClassName("policy-notes");
        add(new H3(title), list);
    }

    private static long sum(List<ReplayFindings.Counted> reasons) {
        return reasons.stream().mapToLong(ReplayFindings.Counted::count).sum();
    }
}

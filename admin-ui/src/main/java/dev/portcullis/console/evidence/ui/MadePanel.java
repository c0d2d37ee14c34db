package dev.portcullis.console.evidence.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.evidence.MadeEvidence;

import java.util.List;

/// The archives that were made.
final class MadePanel extends Div {
    private static final long serialVersionUID = 1L;

    MadePanel(List<MadeEvidence> made) {
        addClassNames("panel", "evidence-made");
        add(new H2("Archives made"));
        if (made.isEmpty()) {
            add(new Paragraph("None yet. Who makes one, for which period and why, is listed here."));
        }
        made.forEach(archive -> add(entry(archive)));
    }

    private static Component entry(MadeEvidence archive) {
        var period = new Span(day(archive.from()) + " to " + day(archive.to()));
        period.addClassName("version-number");
        var first = new Div(period, state(archive));
        first.addClassName("card-line");
        var who = new Span(archive.createdBy() + ", " + Moments.toTheSecond(archive.createdAt())
                + (archive.arguments() ? " · with arguments" : "")
                + archive.reason().map(reason -> " · " + reason).orElse(""));
        who.addClassName("secondary");
        var entry = new Div(first, who);
        archive.manifest().ifPresent(digest -> {
            var manifest = new Span("MANIFEST " + digest);
            manifest.addClassNames("mono", "evidence-digest");
            entry.add(manifest);
        });
        entry.addClassName("history-entry");
        return entry;
    }

    private static Chip state(MadeEvidence archive) {
        return archive.complete()
                .map(whole -> whole ? new Chip("complete", Tone.GOOD) : new Chip("broke off", Tone.BAD))
                .orElseGet(() -> new Chip("not finished", Tone.QUIET));
    }

    /// Periods that end at midnight are shown without it.
    private static String day(String time) {
        return time.endsWith("T00:00:00Z") ? time.substring(0, time.length() - "T00:00:00Z".length()) : time;
    }
}

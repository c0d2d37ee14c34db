package dev.portcullis.console.evidence.ui;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AttachmentType;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.server.streams.DownloadHandler;
import dev.portcullis.console.evidence.EvidenceContents;
import dev.portcullis.console.evidence.EvidenceContents.Bounded;
import dev.portcullis.console.evidence.EvidenceOrder;
import dev.portcullis.console.evidence.EvidencePeriod;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// What the archive of the chosen period will have, and the link to it.
final class ContentsPanel extends Div {
    private static final long serialVersionUID = 1L;

    private final Checkbox arguments = new Checkbox("With arguments and results");
    private final TextField reason = new TextField("Reason");
    private final Paragraph hint = new Paragraph();
    private final Div download = new Div();
    private final transient EvidencePeriod period;
    private final transient Function<EvidenceOrder, DownloadHandler> handler;

    /// @param handler makes the archive that is ordered
    ContentsPanel(EvidencePeriod period, EvidenceContents contents, Function<EvidenceOrder, DownloadHandler> handler) {
        this.period = period;
        this.handler = handler;
        addClassNames("panel", "evidence-contents");
        arguments.addValueChangeListener(_ -> offer());
        reason.setMaxLength(EvidenceOrder.LONGEST);
        reason.setValueChangeMode(ValueChangeMode.LAZY);
        reason.addValueChangeListener(_ -> offer());
        reason.setWidthFull();
        hint.addClassName("secondary");
        download.addClassName("evidence-download");
        add(new H2("What it will contain"), list(contents), arguments, reason, hint, download);
        offer();
    }

    private static UnorderedList list(EvidenceContents contents) {
        var list = new UnorderedList(
                item(
                        contents.policyVersions(),
                        "policy versions in force",
                        "documents, modules, changes, who wrote and approved"),
                item(contents.kills(), "kills", "with the acknowledgement of each replica"),
                item(contents.adminEvents(), "admin events", "all of them, provable one by one"),
                item(contents.calls(), "calls", "of these a sample of " + number(contents.sampled())),
                item(contents.refusals(), "refused calls", "of each decision up to 10,000"),
                item(contents.checkpoints(), "signed checkpoints", "with the public keys"),
                item(contents.cuts(), "cuts by retention", "with settings and legal holds"));
        list.addClassName("evidence-list");
        return list;
    }

    private static ListItem item(Bounded count, String what, String more) {
        var number = new Span(number(count.count()) + (count.more() ? "+" : ""));
        number.addClassName("evidence-number");
        var words = new Span(what);
        var rest = new Span(more);
        rest.addClassName("secondary");
        return new ListItem(number, words, rest);
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /// A link that is there only while what it orders may be ordered.
    private void offer() {
        reason.setLabel(arguments.getValue() ? "Reason" : "Reason (optional)");
        reason.setRequiredIndicatorVisible(arguments.getValue());
        hint.setText(
                arguments.getValue()
                        ? "Secrets stay redacted. The trail comes whole: each call can be proved. The reason is recorded."
                        : "Without what callers sent. The reason is recorded with your name.");
        download.removeAll();
        try {
            var order = new EvidenceOrder(period, arguments.getValue(), Optional.of(reason.getValue()));
            var link = new Anchor(handler.apply(order), AttachmentType.DOWNLOAD, "Download the archive");
            link.addClassName("evidence-link");
            download.add(link);
        } catch (IllegalArgumentException e) {
            var missing = new Span("Say why arguments are wanted, and the archive can be downloaded.");
            missing.addClassName("evidence-missing");
            download.add(missing);
        }
    }
}

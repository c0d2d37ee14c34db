package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.tabs.TabSheet;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.policy.PolicyVersion;

import java.util.Optional;

/// One published version: its document, and what it changed.
final class VersionDialog extends Dialog {
    private static final long serialVersionUID = 1L;

    VersionDialog(PolicyVersion version, Optional<PolicyVersion> before) {
        setHeaderTitle("Version " + version.version());
        setWidth("60rem");
        setHeight("80vh");
        var document = new PolicyEditor("Document of version " + version.version());
        document.setReadOnly(true);
        document.showText(version.document());
        var tabs = new TabSheet();
        tabs.setSizeFull();
        tabs.add("Document", document);
        before.ifPresent(earlier -> {
            var changes = new ChangesPanel();
            changes.compare(earlier.document(), version.document());
            tabs.add("What it changed", changes);
        });
        add(
                new Paragraph("“" + version.comment() + "” — " + version.author() + ", "
                        + Moments.toTheSecond(version.publishedAt())
                        + version.source().map(source -> ", from " + source).orElse("")),
                tabs);
        getFooter().add(new Button("Close", _ -> close()));
    }
}

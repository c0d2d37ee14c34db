package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.tabs.TabSheet;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.policy.PolicyVersion;

import java.util.Optional;

/// One published version: its document, and how it differs from another one.
final class VersionDialog extends Dialog {
    private static final long serialVersionUID = 1L;

    /// @param before the one it is compared with; mostly the one before
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
            var changes = new ChangesPanel("Differences from version " + earlier.version());
            changes.compare(earlier.document(), version.document());
            var isNext = earlier.version() == version.version() - 1;
            var tab = tabs.add(isNext ? "What it changed" : "Changes since version " + earlier.version(), changes);
            if (!isNext) {
                tabs.setSelectedTab(tab);
            }
        });
        add(
                new Paragraph("“" + version.comment() + "” — " + version.author() + ", "
                        + Moments.toTheSecond(version.publishedAt())
                        + version.source().map(source -> ", from " + source).orElse("")),
                tabs);
        getFooter().add(new Button("Close", _ -> close()));
    }
}

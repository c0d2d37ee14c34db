package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.portcullis.console.components.EmptyState;
import dev.portcullis.policy.document.DocumentDiff;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.ReadResult;

import java.util.List;

/// What would change: in meaning, rule by rule, and in the text, line by line.
final class ChangesPanel extends Div {
    private static final long serialVersionUID = 1L;

    private List<String> summary = List.of();

    ChangesPanel() {
        addClassName("changes-panel");
    }

    /// Changes in meaning, one sentence each; empty when only layout differs or one of the two cannot
    /// be read.
    List<String> summary() {
        return summary;
    }

    void compare(String before, String after) {
        removeAll();
        summary = meaning(before, after);
        if (before.equals(after)) {
            add(new EmptyState(VaadinIcon.CHECK, "No changes", "The document is the same as the published version."));
            return;
        }
        var text = new PolicyEditor("Differences from the published version");
        text.setReadOnly(true);
        text.compareWith(before);
        text.showText(after);
        add(new ChangeSummary(summary), text);
    }

    private static List<String> meaning(String before, String after) {
        return DocumentReader.read(before) instanceof ReadResult.Valid(var published, var _)
                        && DocumentReader.read(after) instanceof ReadResult.Valid(var wanted, var _)
                ? ChangeSummary.sentences(DocumentDiff.between(published, wanted))
                : List.of();
    }
}

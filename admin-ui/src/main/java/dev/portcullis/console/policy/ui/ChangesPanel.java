package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.portcullis.console.components.EmptyState;

/// What differs between two documents: in meaning, rule by rule, and in the text, line by line.
final class ChangesPanel extends Div {
    private static final long serialVersionUID = 1L;

    private final String label;

    /// @param label what the differences are from, for who does not see them
    ChangesPanel(String label) {
        this.label = label;
        addClassName("changes-panel");
    }

    void compare(String before, String after) {
        removeAll();
        if (before.equals(after)) {
            add(new EmptyState(VaadinIcon.CHECK, "No changes", "The two documents are the same."));
            return;
        }
        var text = new PolicyEditor(label);
        text.setReadOnly(true);
        text.compareWith(before);
        text.showText(after);
        add(new ChangeSummary(ChangeSummary.between(before, after)), text);
    }
}

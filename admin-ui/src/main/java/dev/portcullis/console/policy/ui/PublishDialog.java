package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.portcullis.console.publication.ui.PublishChoice;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/// Asks why a document is published, and when, and shows once more what that changes.
final class PublishDialog extends Dialog {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_COMMENT = 500;

    private final TextArea comment = new TextArea("Comment");
    private final PublishChoice choice;
    private final Button confirm;

    /// Told what somebody has decided.
    interface Listener {
        /// @param at when it is to be published; empty for as soon as it may be
        void publish(String comment, Optional<OffsetDateTime> at);
    }

    /// @param unsent a comment that was written before, when nothing came of it
    /// @param approval whether a second person has to approve it
    PublishDialog(List<String> changes, String unsent, boolean approval, Clock clock, Listener listener) {
        setHeaderTitle(approval ? "Propose this policy" : "Publish this policy");
        setWidth("34rem");
        comment.setPlaceholder("Why? It stays in the history.");
        comment.setRequiredIndicatorVisible(true);
        comment.setMaxLength(LONGEST_COMMENT);
        comment.setWidthFull();
        comment.setValueChangeMode(ValueChangeMode.EAGER);
        comment.setValue(unsent);
        comment.focus();
        choice = new PublishChoice(approval, clock, this::check);
        confirm = new Button(choice.action(), _ -> {
            close();
            listener.publish(comment.getValue().strip(), choice.at());
        });
        confirm.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        comment.addValueChangeListener(_ -> check());
        check();
        add(new ChangeSummary(changes), comment, choice);
        getFooter().add(new Button("Cancel", _ -> close()), confirm);
    }

    private void check() {
        confirm.setText(choice.action());
        confirm.setEnabled(!comment.getValue().isBlank() && choice.isValid());
    }
}

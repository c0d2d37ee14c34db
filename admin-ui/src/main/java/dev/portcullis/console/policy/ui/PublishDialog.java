package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;

import java.util.List;
import java.util.function.Consumer;

/// Asks why a document is published, and shows once more what that changes.
final class PublishDialog extends Dialog {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_COMMENT = 500;

    PublishDialog(List<String> changes, Consumer<String> publish) {
        setHeaderTitle("Publish this policy");
        setWidth("34rem");
        var comment = new TextArea("Comment");
        comment.setPlaceholder("Why? It stays in the history.");
        comment.setRequiredIndicatorVisible(true);
        comment.setMaxLength(LONGEST_COMMENT);
        comment.setWidthFull();
        comment.setValueChangeMode(ValueChangeMode.EAGER);
        comment.focus();
        var confirm = new Button("Publish", _ -> {
            close();
            publish.accept(comment.getValue().strip());
        });
        confirm.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        confirm.setEnabled(false);
        comment.addValueChangeListener(
                event -> confirm.setEnabled(!event.getValue().isBlank()));
        add(new ChangeSummary(changes), comment, new Paragraph("Every replica enforces it within a second."));
        getFooter().add(new Button("Cancel", _ -> close()), confirm);
    }
}

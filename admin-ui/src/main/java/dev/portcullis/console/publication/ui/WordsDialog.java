package dev.portcullis.console.publication.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;

import java.util.function.Predicate;

/// Asks for words before something is decided: a comment, a reason.
final class WordsDialog extends Dialog {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 500;

    private final TextArea words;

    /// @param decide takes the words and says whether it is done; the dialog stays when it is not
    WordsDialog(String title, String text, String label, String yes, Predicate<String> decide, Component... more) {
        setHeaderTitle(title);
        setWidth("34rem");
        words = new TextArea(label);
        words.setWidthFull();
        words.setMaxLength(LONGEST);
        words.setRequiredIndicatorVisible(true);
        words.setValueChangeMode(ValueChangeMode.EAGER);
        words.focus();
        var confirm = new Button(yes, _ -> {
            if (!words.isEmpty() && decide.test(words.getValue().strip())) {
                close();
            }
        });
        confirm.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        confirm.addClickShortcut(Key.ENTER, KeyModifier.CONTROL).listenOn(this);
        confirm.setEnabled(false);
        words.addValueChangeListener(
                event -> confirm.setEnabled(!event.getValue().isBlank()));
        add(new Paragraph(text), words);
        add(more);
        getFooter().add(new Button("Cancel", _ -> close()), confirm);
    }
}

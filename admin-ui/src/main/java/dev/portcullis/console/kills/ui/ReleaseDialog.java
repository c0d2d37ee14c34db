package dev.portcullis.console.kills.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.portcullis.console.kills.KillRecord;

import java.util.function.BiConsumer;

/// Names the kill, asks why it may end, and has the word typed: a second click is made too easily.
final class ReleaseDialog extends ConfirmDialog {
    private static final long serialVersionUID = 1L;
    private static final String WORD = "release";
    private static final int LONGEST = 500;

    private final TextField reason = new TextField("Why it may end");
    private final Button confirm;
    private final TextField word = new TextField("Type “" + WORD + "” to confirm");

    /// @param release takes the kill and the reason
    /// @param left called when it is closed after that
    ReleaseDialog(KillRecord kill, BiConsumer<KillRecord, String> release, Runnable left) {
        setHeader("Release this kill?");
        reason.setMaxLength(LONGEST);
        reason.setRequiredIndicatorVisible(true);
        word.setRequiredIndicatorVisible(true);
        reason.setValueChangeMode(ValueChangeMode.EAGER);
        word.setValueChangeMode(ValueChangeMode.EAGER);
        var fields = new Div(
                new Paragraph("It stops " + kill.describe() + ", since " + kill.engagedBy() + " engaged it: "
                        + kill.kill().reason()),
                new Paragraph("Traffic flows again at once, as the policy and other kills allow."),
                reason,
                word);
        fields.addClassName("release-fields");
        add(fields);
        setCancelable(true);
        confirm = new Button("Release", _ -> {
            release.accept(kill, reason.getValue().strip());
            addClosedListener(_ -> left.run());
            close();
        });
        confirm.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        setConfirmButton(confirm);
        // A disabled button cannot take the focus, and a dialog that has it itself does not show that.
        addOpenedChangeListener(event -> {
            if (event.isOpened()) {
                reason.focus();
            }
        });
        reason.addValueChangeListener(_ -> allow());
        word.addValueChangeListener(_ -> allow());
        allow();
    }

    private void allow() {
        confirm.setEnabled(!reason.getValue().isBlank()
                && WORD.equalsIgnoreCase(word.getValue().strip()));
    }
}

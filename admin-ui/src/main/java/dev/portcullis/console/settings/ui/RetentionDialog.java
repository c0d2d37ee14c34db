package dev.portcullis.console.settings.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.api.ConflictException;
import dev.portcullis.console.components.Facts;
import dev.portcullis.console.storage.Retention;
import dev.portcullis.console.storage.RetentionOrder;
import dev.portcullis.console.storage.RetentionService;
import dev.portcullis.console.storage.RetentionSetting;

import java.util.Set;

/// Asks for how long records are to be kept, then shows what goes at once, and asks why.
final class RetentionDialog extends Dialog {
    private static final long serialVersionUID = 1L;

    private final Paragraph told = new Paragraph();
    private final TermsForm form = new TermsForm();
    private final Div consequences = new Div();
    private final TextField reason = new TextField("Reason");
    private final Div review = new Div(consequences, reason);
    private final Button back = new Button("Back", _ -> ask());
    private final Button further = new Button("Continue", _ -> further());
    private final Button change = new Button("Change retention", _ -> change());
    private final transient RetentionService service;
    private final transient Actor actor;
    private final transient Runnable changed;
    private transient RetentionSetting shown;
    private transient Retention chosen;

    /// @param changed told when it is done
    RetentionDialog(RetentionService service, Actor actor, Runnable changed) {
        this.service = service;
        this.actor = actor;
        this.changed = changed;
        this.shown = service.setting();
        this.chosen = shown.retention();
        setHeaderTitle("How long records are kept");
        told.addClassName("settings-warning");
        told.getElement().setAttribute("role", "alert");
        told.setVisible(false);
        form.show(chosen);
        reason.setRequired(true);
        reason.setMaxLength(RetentionOrder.LONGEST_REASON);
        reason.setHelperText("For the record.");
        review.addClassName("settings-fields");
        add(told, form, review);
        further.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        getFooter().add(new Button("Cancel", _ -> close()), back, further, change);
        ask();
    }

    private void ask() {
        atReview(false);
        form.focus();
    }

    private void further() {
        form.retention().ifPresent(wanted -> {
            if (wanted.equals(shown.retention())) {
                close();
            } else {
                told.setVisible(false);
                review(wanted);
            }
        });
    }

    private void review(Retention wanted) {
        chosen = wanted;
        var forecast = service.forecast(wanted);
        consequences.removeAll();
        consequences.add(
                new Facts().fact("Now", shown.retention().describe()).fact("Then", wanted.describe()),
                new ForecastText(forecast));
        change.removeThemeVariants(ButtonVariant.LUMO_ERROR);
        change.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        if (!forecast.parts().isEmpty()) {
            change.addThemeVariants(ButtonVariant.LUMO_ERROR);
        }
        reason.setInvalid(false);
        atReview(true);
        reason.focus();
    }

    private void change() {
        if (reason.getValue().isBlank()) {
            reason.setInvalid(true);
            reason.setErrorMessage("Say why.");
            reason.focus();
            return;
        }
        try {
            var order = new RetentionOrder(chosen, reason.getValue());
            if (service.change(order, actor.name(), Set.of(shown.tag())).isPresent()) {
                close();
                changed.run();
            } else {
                goOnFrom(service.setting());
            }
        } catch (ConflictException e) {
            close();
            Told.trouble(String.valueOf(e.getMessage()));
        }
    }

    /// Somebody else was first: goes on from how it is now, and keeps what was changed here.
    private void goOnFrom(RetentionSetting now) {
        var meanwhile = new RetentionMeanwhile(shown.retention(), now.retention());
        shown = now;
        form.show(meanwhile.with(chosen));
        told.setText(
                meanwhile.sentence() + " Below is the one of now with what you changed: look, and continue again.");
        told.setVisible(true);
        ask();
    }

    private void atReview(boolean isAtReview) {
        form.setVisible(!isAtReview);
        further.setVisible(!isAtReview);
        review.setVisible(isAtReview);
        back.setVisible(isAtReview);
        change.setVisible(isAtReview);
    }
}

package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.notification.Notification;

/// Somebody else was faster: shows what they wrote and what the user wrote, side by side, and loses
/// neither.
final class StaleDialog extends Dialog {
    private static final long serialVersionUID = 1L;

    /// @param what who changed what, as a sentence
    /// @param takeTheirs replaces the user's text by theirs
    StaleDialog(String what, String theirs, String mine, Runnable takeTheirs) {
        setHeaderTitle("Somebody else has changed the policy");
        setWidth("60rem");
        setHeight("80vh");
        var texts = new PolicyEditor("Their text and yours");
        texts.setReadOnly(true);
        texts.compareWith(theirs);
        texts.showText(mine);
        add(
                new Paragraph(what + " Nothing of yours was written, and nothing is lost: the marked lines are yours."
                        + " Saving or publishing again replaces theirs."),
                texts);
        var copy = new Button("Copy my text", _ -> {
            getElement().executeJs("navigator.clipboard.writeText($0)", mine);
            Notification.show("Copied");
        });
        var take = new Button("Take theirs", _ -> {
            close();
            takeTheirs.run();
        });
        take.addThemeVariants(ButtonVariant.LUMO_ERROR, ButtonVariant.LUMO_TERTIARY);
        var keep = new Button("Go on with mine", _ -> close());
        keep.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        getFooter().add(take, copy, keep);
    }
}

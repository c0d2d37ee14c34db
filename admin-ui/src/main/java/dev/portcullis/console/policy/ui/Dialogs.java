package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;

/// Questions that are asked before something is lost or changed for everybody, and what is told when nothing was.
final class Dialogs {
    private Dialogs() {}

    static void confirm(String question, String text, String yes, Runnable action) {
        var dialog = new ConfirmDialog(question, text, yes, _ -> action.run());
        dialog.setCancelable(true);
        dialog.open();
    }

    /// Says why something was not done, for long enough to be read.
    static void tell(String sentence) {
        var told = Notification.show(sentence, 12_000, Notification.Position.TOP_CENTER);
        told.addThemeVariants(NotificationVariant.LUMO_ERROR);
    }
}

package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.confirmdialog.ConfirmDialog;

/// Questions that are asked before something is lost or changed for everybody.
final class Dialogs {
    private Dialogs() {}

    static void confirm(String question, String text, String yes, Runnable action) {
        var dialog = new ConfirmDialog(question, text, yes, _ -> action.run());
        dialog.setCancelable(true);
        dialog.open();
    }
}

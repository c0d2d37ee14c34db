package dev.portcullis.console.routes.ui;

import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.notification.Notification;
import dev.portcullis.console.api.ConflictException;
import dev.portcullis.console.credentials.CredentialRecord;

/// Asks once more before a credential is gone.
final class RemoveDialog extends ConfirmDialog {
    private static final long serialVersionUID = 1L;

    RemoveDialog(CredentialRecord credential, Runnable remove) {
        setHeader("Delete the credential " + credential.name() + "?");
        setText("No route of the policy in force needs it. Its secret cannot be had back.");
        setConfirmText("Delete it");
        setConfirmButtonTheme("error primary");
        setCancelable(true);
        addConfirmListener(_ -> {
            try {
                remove.run();
            } catch (ConflictException e) {
                Notification.show(String.valueOf(e.getMessage()));
            }
        });
    }
}

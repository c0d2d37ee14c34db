package dev.portcullis.console.publication.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.notification.Notification;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.publication.ApprovalService;
import dev.portcullis.console.publication.ApprovalSetting;

import java.util.Set;

/// Switches approval by a second person on and off. A part of a screen.
public final class ApprovalPanel extends Div {
    private static final long serialVersionUID = 1L;

    private final transient ApprovalService approval;
    private final transient Actor actor;
    private final Paragraph state = new Paragraph();
    private final Button change = new Button("", _ -> askToChange());
    private transient ApprovalSetting shown;

    public ApprovalPanel(ApprovalService approval, Actor actor) {
        this.approval = approval;
        this.actor = actor;
        this.shown = approval.setting();
        addClassName("panel");
        state.getElement().setAttribute("role", "status");
        change.addThemeVariants(ButtonVariant.LUMO_SMALL);
        change.setVisible(actor.isAdmin());
        add(new H2("Approval by a second person"), state, change);
        show(shown);
    }

    private void show(ApprovalSetting setting) {
        shown = setting;
        var is = setting.required()
                ? "On. What is published waits until somebody else with the role APPROVER has approved it."
                : "Off. Whoever has the role EDITOR publishes alone.";
        state.setText(is
                + setting.changed()
                        .map(changed ->
                                " Last changed by " + changed.by() + " on " + Moments.toTheSecond(changed.at()) + ".")
                        .orElse(""));
        change.setText(setting.required() ? "Switch off…" : "Switch on…");
    }

    private void askToChange() {
        var required = !shown.required();
        var dialog = new ConfirmDialog(
                required ? "Have a second person approve?" : "Let editors publish alone?",
                required
                        ? "What waits for its time without an approval is not published then."
                        : "What waits for approval goes on waiting for it.",
                required ? "Switch on" : "Switch off",
                _ -> change(required));
        dialog.setCancelable(true);
        dialog.open();
    }

    private void change(boolean required) {
        var changed = approval.change(required, actor.name(), Set.of(shown.tag()));
        show(changed.orElseGet(approval::setting));
        if (changed.isEmpty()) {
            Notification.show("Somebody else has changed it meanwhile. This is how it is now.");
        }
    }
}

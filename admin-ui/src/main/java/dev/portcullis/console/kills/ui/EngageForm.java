package dev.portcullis.console.kills.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.portcullis.console.kills.KillOrder;
import dev.portcullis.console.kills.KillScope;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;

/// Asks why, what to tell people and for how long, and then once more.
final class EngageForm extends Div {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 500;

    private final transient Clock clock;
    private final transient Consumer<KillOrder> engage;
    private final TextField reason = new TextField("Reason");
    private final TextArea message = new TextArea("Message to the people it stops (optional)");
    private final Select<KillPeriod> period = new Select<>();

    EngageForm(Clock clock, Consumer<KillOrder> engage) {
        this.clock = clock;
        this.engage = engage;
        addClassNames("panel", "engage-form");
        reason.setRequiredIndicatorVisible(true);
        reason.setMaxLength(LONGEST);
        reason.setHelperText("For the record. Other admins and auditors see it.");
        message.setMaxLength(LONGEST);
        message.setPlaceholder("MCP is off until further notice. Ask security@…");
        period.setLabel("Ends");
        period.setItems(KillPeriod.values());
        period.setItemLabelGenerator(KillPeriod::label);
        period.setValue(KillPeriod.UNTIL_RELEASED);
        var button = new Button("Stop all MCP traffic", VaadinIcon.POWER_OFF.create(), _ -> ask());
        button.addThemeVariants(ButtonVariant.LUMO_PRIMARY, ButtonVariant.LUMO_ERROR);
        button.addClassName("engage-button");
        add(
                new H2("Stop all MCP traffic"),
                new Paragraph("Every route is closed for everybody: new requests are refused with HTTP 403, calls in"
                        + " flight and open streams are cut, on every replica, within a second."),
                reason,
                message,
                period,
                button);
    }

    private void ask() {
        var missing = reason.getValue().isBlank();
        reason.setInvalid(missing);
        if (missing) {
            reason.setErrorMessage("Say why. It stays in the record.");
            reason.focus();
            return;
        }
        var dialog = new ConfirmDialog(
                "Stop all MCP traffic?", "Reason: " + reason.getValue().strip(), "Stop everything now", _ -> submit());
        dialog.setConfirmButtonTheme("error primary");
        dialog.setCancelable(true);
        dialog.open();
    }

    private void submit() {
        engage.accept(new KillOrder(
                KillScope.organization(),
                reason.getValue().strip(),
                Optional.of(message.getValue().strip()),
                period.getValue().end(clock.instant()).map(end -> end.atOffset(ZoneOffset.UTC))));
        reason.clear();
        reason.setInvalid(false);
        message.clear();
        period.setValue(KillPeriod.UNTIL_RELEASED);
    }
}

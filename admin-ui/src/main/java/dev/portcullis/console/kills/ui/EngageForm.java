package dev.portcullis.console.kills.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.portcullis.console.kills.KillRecord;
import dev.portcullis.policy.KillOrder;
import dev.portcullis.policy.KillScope;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/// Asks what to stop, why, whom to let through, what to tell people and for how long, and then once more.
final class EngageForm extends Div {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 500;

    private final transient Clock clock;
    private final transient Function<KillOrder, List<KillRecord>> same;
    private final transient Consumer<KillOrder> engage;
    private final transient Runnable left;
    private final TextField reason = new TextField("Reason");
    private final ScopeFields scope = new ScopeFields(this::nameButton);
    private final TextField exempt = new TextField("Groups that go on (break-glass, optional)");
    private final TextArea message = new TextArea("Message to the people it stops (optional)");
    private final EndFields end = new EndFields();
    private final Button button = new Button("", VaadinIcon.POWER_OFF.create(), _ -> ask());

    /// @param same which kills are engaged already that stop the same
    /// @param left called when the question before a kill that is engaged now is closed
    EngageForm(Clock clock, Function<KillOrder, List<KillRecord>> same, Consumer<KillOrder> engage, Runnable left) {
        this.clock = clock;
        this.same = same;
        this.engage = engage;
        this.left = left;
        addClassNames("panel", "engage-form");
        reason.setRequiredIndicatorVisible(true);
        reason.setMaxLength(LONGEST);
        // Judged when somebody wants to engage, and not when the form is emptied after that.
        reason.setManualValidation(true);
        reason.setAutofocus(true);
        reason.setHelperText("For the record. Other admins and auditors see it.");
        exempt.setPlaceholder("on-call");
        exempt.setHelperText("Only groups that the gateway itself has checked.");
        message.setMaxLength(LONGEST);
        message.setPlaceholder("MCP is off until further notice. Ask security@…");
        button.addThemeVariants(ButtonVariant.LUMO_PRIMARY, ButtonVariant.LUMO_ERROR);
        button.addClassName("engage-button");
        nameButton();
        add(
                new H2("Stop MCP traffic"),
                new Paragraph(
                        "New requests are refused with HTTP 403, calls in flight and open streams are cut, on every"
                                + " replica, within a second. A kill of tools refuses just their calls."),
                reason,
                scope,
                exempt,
                message,
                end,
                button);
    }

    void focus() {
        reason.focus();
    }

    private void nameButton() {
        button.setText(scope.isEverything() ? "Stop all MCP traffic" : "Stop this traffic");
    }

    private void ask() {
        reason.setInvalid(false);
        exempt.setInvalid(false);
        scope.scope().ifPresent(read -> {
            try {
                confirm(order(read));
            } catch (IllegalArgumentException e) {
                show(String.valueOf(e.getMessage()));
            }
        });
    }

    private KillOrder order(KillScope read) {
        var now = clock.instant();
        var order =
                new KillOrder(read, Names.in(exempt), reason.getValue(), Optional.of(message.getValue()), end.end(now));
        order.kill(new UUID(0, 0), now);
        return order;
    }

    /// Beside the field that it is about.
    private void show(String error) {
        if (error.startsWith("reason")) {
            show(reason, "Say why. It stays in the record.");
        } else if (error.startsWith("exempt")) {
            show(exempt, error);
        } else if (error.startsWith("until")) {
            end.show(error);
        } else if (!scope.show(error.replaceFirst("scope\\.([a-z]+):.*", "$1"), error)) {
            show(reason, error);
        }
    }

    private static void show(TextField field, String error) {
        field.setErrorMessage(error);
        field.setInvalid(true);
        field.focus();
    }

    private void confirm(KillOrder order) {
        var all = scope.isEverything();
        var others = same.apply(order).size();
        var text = "Stops " + order.scope().describe() + "."
                + (order.exemptGroups().isEmpty()
                        ? ""
                        : " Verified members of " + String.join(", ", order.exemptGroups()) + " go on.")
                + " Reason: " + order.reason()
                + (others == 0 ? "" : " · " + others + " engaged already stop the same; each is released for itself.");
        var dialog = new ConfirmDialog(
                all ? "Stop all MCP traffic?" : "Stop this traffic?",
                text,
                all ? "Stop everything now" : "Stop it now",
                confirmed -> {
                    submit(order);
                    confirmed.getSource().addClosedListener(_ -> left.run());
                });
        dialog.setConfirmButtonTheme("error primary");
        dialog.setCancelable(true);
        dialog.open();
    }

    private void submit(KillOrder order) {
        engage.accept(order);
        reason.clear();
        scope.reset();
        exempt.clear();
        message.clear();
        end.reset();
    }
}

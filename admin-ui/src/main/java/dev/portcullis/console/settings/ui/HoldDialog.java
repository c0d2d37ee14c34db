package dev.portcullis.console.settings.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import dev.portcullis.console.components.DayPicker;
import dev.portcullis.console.storage.HoldOrder;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;

/// Asks what is to be kept, and why.
final class HoldDialog extends Dialog {
    private static final long serialVersionUID = 1L;

    private final TextField reason = new TextField("Reason");
    private final TextField organization = new TextField("Organization (for people)");
    private final DayPicker first = day("First day (UTC)", "Ever since");
    private final DayPicker last = day("Last day (UTC)", "No end");
    private final transient Consumer<HoldOrder> then;

    HoldDialog(Consumer<HoldOrder> then) {
        this.then = then;
        setHeaderTitle("Place a legal hold");
        reason.setRequired(true);
        reason.setMaxLength(HoldOrder.LONGEST);
        reason.setHelperText("For the record, for instance a case.");
        organization.setHelperText("Parts are kept whole, whoever has records in them.");
        var fields = new Div(reason, first, last, organization);
        fields.addClassName("settings-fields");
        add(fields);
        var place = new Button("Place hold", _ -> place());
        place.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        getFooter().add(new Button("Cancel", _ -> close()), place);
    }

    private void place() {
        try {
            var order = new HoldOrder(
                    Optional.of(organization.getValue().strip()).filter(name -> !name.isEmpty()),
                    start(first.getValue()),
                    start(last.getValue()).map(day -> day.plusDays(1)),
                    reason.getValue());
            close();
            then.accept(order);
        } catch (IllegalArgumentException e) {
            show(String.valueOf(e.getMessage()));
        }
    }

    private void show(String trouble) {
        if (trouble.startsWith("reason")) {
            reason.setInvalid(true);
            reason.setErrorMessage("Say why.");
            reason.focus();
        } else {
            first.setInvalid(true);
            first.setErrorMessage("The first day must not be after the last one.");
            first.focus();
        }
    }

    private static Optional<OffsetDateTime> start(@Nullable LocalDate day) {
        return Optional.ofNullable(day).map(LocalDate::atStartOfDay).map(time -> time.atOffset(ZoneOffset.UTC));
    }

    private static DayPicker day(String label, String placeholder) {
        var field = new DayPicker(label);
        field.setPlaceholder(placeholder);
        field.setClearButtonVisible(true);
        return field;
    }
}

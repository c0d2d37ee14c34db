package dev.portcullis.console.overview.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.router.QueryParameters;
import dev.portcullis.console.components.CallList;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Which period is shown: links for those that end now, and a dialog for any other.
final class PeriodBar extends Nav {
    private static final long serialVersionUID = 1L;

    private final transient Consumer<ShownPeriod> choose;
    private final transient Supplier<OffsetDateTime> now;

    /// @param choose shows another one
    PeriodBar(Consumer<ShownPeriod> choose, Supplier<OffsetDateTime> now) {
        this.choose = choose;
        this.now = now;
        addClassName("overview-periods");
        getElement().setAttribute("aria-label", "Period");
    }

    void show(ShownPeriod shown) {
        removeAll();
        for (var last : ShownPeriod.Last.values()) {
            var link = CallList.link(
                    "?" + QueryParameters.simple(last.asParameters()).getQueryString(), last.label());
            link.getElement().setAttribute("aria-label", "Show " + last.words());
            if (last == shown) {
                link.getElement().setAttribute("aria-current", "true");
            }
            add(link);
        }
        var other = new Button("Custom…", _ -> ask(shown));
        other.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
        other.addClassName("overview-custom");
        if (shown instanceof ShownPeriod.Between) {
            other.getElement().setAttribute("aria-current", "true");
        }
        add(other);
    }

    private void ask(ShownPeriod shown) {
        var from = picker("From (UTC)", shown.from(now.get()));
        var to = picker("To (UTC)", shown.to(now.get()));
        var dialog = new Dialog("Period");
        var fields = new Div(from, to);
        fields.addClassName("overview-custom-fields");
        dialog.add(fields);
        var show = new Button("Show", _ -> show(from, to, dialog));
        show.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        dialog.getFooter().add(new Button("Cancel", _ -> dialog.close()), show);
        dialog.open();
        from.focus();
    }

    private static DateTimePicker picker(String label, OffsetDateTime value) {
        var picker = new DateTimePicker(label);
        picker.setDatePickerI18n(
                new com.vaadin.flow.component.datepicker.DatePicker.DatePickerI18n().setDateFormat("yyyy-MM-dd"));
        picker.setValue(value.withOffsetSameInstant(ZoneOffset.UTC)
                .toLocalDateTime()
                .withSecond(0)
                .withNano(0));
        return picker;
    }

    private void show(DateTimePicker from, DateTimePicker to, Dialog dialog) {
        var start = from.getOptionalValue();
        var end = to.getOptionalValue();
        var wanted = start.flatMap(first -> end.flatMap(
                last -> ShownPeriod.between(first.atOffset(ZoneOffset.UTC), last.atOffset(ZoneOffset.UTC))));
        from.setInvalid(start.isEmpty());
        from.setErrorMessage("A date and a time, please");
        to.setInvalid(wanted.isEmpty());
        to.setErrorMessage("A date and a time behind the other, at most ten years");
        wanted.ifPresent(period -> {
            dialog.close();
            choose.accept(period);
        });
    }
}

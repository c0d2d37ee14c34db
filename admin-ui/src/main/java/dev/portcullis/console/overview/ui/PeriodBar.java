package dev.portcullis.console.overview.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.router.QueryParameters;
import dev.portcullis.console.components.CallList;
import dev.portcullis.console.components.MomentPicker;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
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

    private static MomentPicker picker(String label, OffsetDateTime value) {
        var picker = new MomentPicker(label, Duration.ofMinutes(15));
        picker.setManualValidation(true);
        picker.show(Optional.of(value.truncatedTo(ChronoUnit.SECONDS)));
        return picker;
    }

    private void show(MomentPicker from, MomentPicker to, Dialog dialog) {
        var start = from.moment();
        var end = to.moment();
        var wanted = start.flatMap(first -> end.flatMap(last -> ShownPeriod.between(first, last)));
        from.setErrorMessage("A date and a time, please");
        from.setInvalid(start.isEmpty());
        to.setErrorMessage(
                end.isEmpty() ? "A date and a time, please" : "It must be behind the other, by ten years at most");
        to.setInvalid(end.isEmpty() || (start.isPresent() && wanted.isEmpty()));
        wanted.ifPresent(period -> {
            dialog.close();
            choose.accept(period);
        });
    }
}

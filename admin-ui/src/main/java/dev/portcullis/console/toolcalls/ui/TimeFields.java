package dev.portcullis.console.toolcalls.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import dev.portcullis.console.components.MomentPicker;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which time is wanted: a period up to now, or one between two moments.
final class TimeFields extends Div {
    private static final long serialVersionUID = 1L;
    private static final String CUSTOM = "custom";

    private final Select<String> period = new Select<>();
    private final MomentPicker from = picker("From (UTC)");
    private final MomentPicker to = picker("To (UTC)");

    /// @param changed when somebody has chosen another time
    TimeFields(Runnable changed) {
        addClassName("toolcalls-time");
        period.setLabel("Time");
        period.setItems(Stream.concat(Arrays.stream(Period.values()).map(Period::inUrl), Stream.of(CUSTOM))
                .toList());
        period.setItemLabelGenerator(TimeFields::label);
        period.setEmptySelectionAllowed(true);
        period.setEmptySelectionCaption("Any");
        period.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                showPickers(CUSTOM.equals(event.getValue()));
                if (!CUSTOM.equals(event.getValue())) {
                    from.clear();
                    to.clear();
                    changed.run();
                }
            }
        });
        List.of(from, to)
                .forEach(picker -> picker.addValueChangeListener(event -> {
                    if (event.isFromClient()) {
                        changed.run();
                    }
                }));
        add(period, from, to);
    }

    void show(FilterState state) {
        var custom = state.from().isPresent() || state.to().isPresent();
        period.setValue(custom ? CUSTOM : state.period().map(Period::inUrl).orElse(null));
        from.show(state.from());
        to.show(state.to());
        showPickers(custom);
    }

    Optional<Period> period() {
        return Optional.ofNullable(period.getValue()).flatMap(Period::named);
    }

    Optional<OffsetDateTime> from() {
        return from.moment();
    }

    Optional<OffsetDateTime> to() {
        return to.moment();
    }

    private void showPickers(boolean shown) {
        from.setVisible(shown);
        to.setVisible(shown);
    }

    private static MomentPicker picker(String label) {
        return new MomentPicker(label, Duration.ofMinutes(15));
    }

    private static String label(@Nullable String choice) {
        return Optional.ofNullable(choice)
                .map(chosen -> Period.named(chosen).map(Period::label).orElse("Between…"))
                .orElse("Any");
    }
}

package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.IntegerField;

/// Asks for two versions to be compared, whichever they are.
final class CompareBar extends Div {
    private static final long serialVersionUID = 1L;

    private final IntegerField from = number("From version");
    private final IntegerField to = number("To version");

    CompareBar(Listener listener) {
        addClassName("policy-compare");
        var compare = new Button("Compare", _ -> {
            if (from.getValue() != null && to.getValue() != null && !from.isInvalid() && !to.isInvalid()) {
                listener.compare(to.getValue(), from.getValue());
            }
        });
        compare.addThemeVariants(ButtonVariant.LUMO_SMALL);
        add(from, to, compare);
    }

    /// Is told which version is to be shown, and which one before it.
    interface Listener {
        void compare(long version, long with);
    }

    void show(long newest) {
        setVisible(newest > 2);
        var most = (int) Math.min(newest, Integer.MAX_VALUE);
        from.setMax(Math.max(most, 1));
        to.setMax(Math.max(most, 1));
        from.setValue(Math.max(most - 1, 1));
        to.setValue(Math.max(most, 1));
    }

    private static IntegerField number(String label) {
        var field = new IntegerField(label);
        field.setMin(1);
        field.setStepButtonsVisible(true);
        return field;
    }
}

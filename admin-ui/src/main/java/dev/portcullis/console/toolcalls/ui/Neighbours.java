package dev.portcullis.console.toolcalls.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/// To the call before and the one behind, as the list has them; with Alt and an arrow also from the
/// keyboard.
final class Neighbours extends Div {
    private static final long serialVersionUID = 1L;

    Neighbours(Optional<UUID> newer, Optional<UUID> older, Consumer<UUID> open) {
        addClassName("toolcalls-neighbours");
        add(
                button("Newer call (Alt+Up)", VaadinIcon.ANGLE_UP, Key.ARROW_UP, newer, open),
                button("Older call (Alt+Down)", VaadinIcon.ANGLE_DOWN, Key.ARROW_DOWN, older, open));
    }

    private static Button button(String name, VaadinIcon icon, Key key, Optional<UUID> call, Consumer<UUID> open) {
        var button = new Button(icon.create(), _ -> call.ifPresent(open));
        button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_ICON);
        button.setAriaLabel(name);
        button.setTooltipText(name);
        button.setEnabled(call.isPresent());
        button.addClickShortcut(key, KeyModifier.ALT);
        return button;
    }
}

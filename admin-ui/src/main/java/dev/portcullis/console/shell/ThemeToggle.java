package dev.portcullis.console.shell;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.icon.VaadinIcon;

/// Switches between light and dark. Until it is used, the console follows the system; then the browser
/// remembers.
final class ThemeToggle extends Button {
    private static final long serialVersionUID = 1L;

    ThemeToggle() {
        setIcon(VaadinIcon.ADJUST.create());
        addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_ICON);
        setAriaLabel("Switch between light and dark");
        setTooltipText("Light or dark");
        addClickListener(_ -> getElement().executeJs("window.portcullisTheme.toggle()"));
    }
}

package dev.portcullis.console.components;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.icon.VaadinIcon;

/// The way out of a detail, at the right end of its first line.
public final class CloseButton extends Button {
    private static final long serialVersionUID = 1L;

    public CloseButton(Runnable close) {
        super(VaadinIcon.CLOSE_SMALL.create(), _ -> close.run());
        addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_ICON);
        addClassName("detail-close");
        setAriaLabel("Close");
    }
}

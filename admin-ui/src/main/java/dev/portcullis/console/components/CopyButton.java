package dev.portcullis.console.components;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.clipboard.Clipboard;
import com.vaadin.flow.component.icon.VaadinIcon;

/// Puts a text on the clipboard, and says that it did, in words that a screen reader speaks. Browsers have a clipboard
/// on https and on this machine only; elsewhere it says to mark the text.
public final class CopyButton extends Button {
    private static final long serialVersionUID = 1L;

    private final String label;

    /// @param what is copied, for those who do not see where the button stands
    /// @param text is copied
    public CopyButton(String label, String what, String text) {
        super(label, VaadinIcon.COPY_O.create());
        this.label = label;
        addThemeVariants(ButtonVariant.LUMO_SMALL);
        setAriaLabel(label + ": " + what);
        getElement().setAttribute("aria-live", "polite");
        Clipboard.onClick(this).writeText(text, _ -> say("Copied", what), _ -> say("Mark it and copy", what));
        addBlurListener(_ -> {
            setText(this.label);
            setAriaLabel(this.label + ": " + what);
        });
    }

    private void say(String words, String what) {
        setText(words);
        setAriaLabel(words + ": " + what);
    }
}

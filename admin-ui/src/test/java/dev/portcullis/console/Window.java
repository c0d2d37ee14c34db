package dev.portcullis.console;

import com.vaadin.browserless.BrowserlessUIContext;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasLabel;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import dev.portcullis.console.components.EmptyState;

import java.util.List;
import java.util.stream.Collectors;

/// A window of the console without a browser: what somebody sees in it, and does.
public final class Window {
    private final BrowserlessUIContext inner;

    Window(BrowserlessUIContext inner) {
        this.inner = inner;
    }

    /// The test kit's own view of it, for what is said nowhere here.
    public BrowserlessUIContext kit() {
        inner.activate();
        return inner;
    }

    /// Opens an address below that of the console, such as `tool-calls?outcome=denied`.
    public Window open(String address) {
        var parts = address.split("\\?", 2);
        kit().getUI().navigate(parts[0], QueryParameters.fromString(parts.length == 1 ? "" : parts[1]));
        return settle();
    }

    /// Lets everything happen that waits for the end of a request.
    public Window settle() {
        kit().roundTrip();
        return this;
    }

    public String heading() {
        return kit().find(H1.class).single().getText();
    }

    /// The sentence beside the heading.
    public String state() {
        return all(Component.class, "view-state").stream()
                .map(state -> state.getElement().getText())
                .findFirst()
                .orElse("");
    }

    /// What is said where there is nothing to list.
    public List<String> emptyStates() {
        return kit().find(EmptyState.class).all().stream()
                .map(empty -> kit().find(H2.class, empty).single().getText())
                .toList();
    }

    /// The words of everything that can be pressed.
    public List<String> offers() {
        return kit().find(Button.class).all().stream()
                .filter(Button::isEnabled)
                .map(Button::getText)
                .filter(words -> !words.isEmpty())
                .toList();
    }

    public List<String> links() {
        return kit().find(Anchor.class).all().stream().map(Anchor::getText).toList();
    }

    /// Where it is now, below the address of the console.
    public String address() {
        return kit().getUI().getInternals().getActiveViewLocation().getPathWithQueryParameters();
    }

    /// All that stands on the screen and in its dialogs.
    public String text() {
        return kit().find(Component.class).all().stream()
                .map(component -> component.getElement().getText())
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    public Button button(String words) {
        return kit().find(Button.class).withText(words).single();
    }

    /// Presses a button with these words, of which there is one.
    public Window press(String words) {
        kit().test(button(words)).click();
        return settle();
    }

    /// Presses the last button with these words: that of the dialog that came last.
    public Window pressLast(String words) {
        kit().test(kit().find(Button.class).withText(words).last()).click();
        return settle();
    }

    /// Leaves the detail that is open, by its cross.
    public Window leave() {
        kit().test(kit().find(Button.class).withAriaLabel("Close").single()).click();
        return settle();
    }

    /// Answers the question that is open with yes.
    public Window confirm() {
        kit().test(kit().find(ConfirmDialog.class).single()).confirm();
        return settle();
    }

    /// Answers it with no.
    public Window cancel() {
        kit().test(kit().find(ConfirmDialog.class).single()).cancel();
        return settle();
    }

    /// Chooses what is called so in the selection with this label.
    public Window choose(String label, String item) {
        kit().test((Select<?>) field(label)).selectItem(item);
        return settle();
    }

    /// Writes into the field with this label.
    public Window write(String label, String text) {
        switch (field(label)) {
            case TextField field -> kit().test(field).setValue(text);
            case TextArea field -> kit().test(field).setValue(text);
            case PasswordField field -> kit().test(field).setValue(text);
            case IntegerField field -> kit().test(field).setValue(Integer.valueOf(text));
            case Component other -> throw new AssertionError(label + " is a " + other.getClass());
        }
        return settle();
    }

    /// What the field with this label complains of; nothing when it does not.
    public String complaint(String label) {
        return field(label) instanceof HasValidation checked && checked.isInvalid() ? checked.getErrorMessage() : "";
    }

    /// What has been told besides.
    public List<String> told() {
        return kit().find(Notification.class).all().stream()
                .map(note -> kit().test(note).getText())
                .toList();
    }

    /// How many dialogs and questions are open.
    public long dialogs() {
        return kit().find(Component.class).all().stream()
                .filter(Component::isAttached)
                .filter(Window::isDialog)
                .count();
    }

    /// The visible component with this label.
    public Component field(String label) {
        return kit().find(Component.class)
                .withCondition(component -> component instanceof HasLabel labelled && label.equals(labelled.getLabel()))
                .single();
    }

    public <T extends Component> List<T> all(Class<T> type, String className) {
        return kit().find(type).withClassName(className).all();
    }

    private static boolean isDialog(Component component) {
        return switch (component) {
            case Dialog dialog -> dialog.isOpened();
            case ConfirmDialog dialog -> dialog.isOpened();
            default -> false;
        };
    }
}

package dev.portcullis.console.settings.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import dev.portcullis.console.components.QuietText;
import dev.portcullis.console.storage.Retention;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Asks for how long records are kept: everybody's, and those of single organizations.
final class TermsForm extends Div {
    private static final long serialVersionUID = 1L;

    private final TermField usual = new TermField("everybody", Optional.empty());
    private final Div rows = new Div();
    private final Map<String, TermField> terms = new TreeMap<>();
    private final TextField name = new TextField("Organization");

    TermsForm() {
        addClassName("settings-fields");
        name.setHelperText("With a term of its own, for ever or other than everybody's.");
        name.setMaxLength(100);
        name.addKeyDownListener(Key.ENTER, _ -> addNamed());
        var add = new Button("Add organization", _ -> addNamed());
        add.addThemeVariants(ButtonVariant.LUMO_SMALL);
        add.addClassName("settings-action");
        add(
                usual,
                new QuietText("A part of the trail goes as a whole, when everybody's records in it are old enough."),
                rows,
                name,
                add);
    }

    void show(Retention retention) {
        usual.show(retention.usual());
        rows.removeAll();
        terms.clear();
        retention.organizations().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> row(entry.getKey(), entry.getValue()));
    }

    /// What is wished. Empty when something is wrong; that is said then.
    Optional<Retention> retention() {
        name.setInvalid(!name.isEmpty());
        name.setErrorMessage("Add it, or clear this.");
        var isComplete = usual.isComplete();
        for (var term : terms.values()) {
            isComplete &= term.isComplete();
        }
        if (!isComplete || name.isInvalid()) {
            return Optional.empty();
        }
        var organizations = new HashMap<String, Optional<Duration>>();
        terms.forEach((whose, term) -> organizations.put(whose, term.term()));
        return Optional.of(new Retention(usual.term(), organizations));
    }

    void focus() {
        usual.focus();
    }

    private void addNamed() {
        var wanted = name.getValue().strip();
        if (!Retention.isName(wanted)) {
            refuse("At most 100 printable characters.");
        } else if (terms.containsKey(wanted)) {
            refuse("It is among these.");
        } else {
            name.setInvalid(false);
            name.clear();
            row(wanted, Optional.empty()).focus();
        }
    }

    private void refuse(String why) {
        name.setErrorMessage(why);
        name.setInvalid(true);
        name.focus();
    }

    private TermField row(String whose, Optional<Duration> term) {
        var field = new TermField(whose, term);
        var remove = new Button("Remove");
        remove.setAriaLabel("Remove the term of " + whose);
        remove.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
        var row = new Div(field, remove);
        row.addClassName("settings-term-row");
        remove.addClickListener(_ -> {
            terms.remove(whose);
            rows.remove(row);
            name.focus();
        });
        terms.put(whose, field);
        rows.add(row);
        return field;
    }
}

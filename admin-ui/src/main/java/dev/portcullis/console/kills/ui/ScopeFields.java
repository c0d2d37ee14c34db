package dev.portcullis.console.kills.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.portcullis.policy.KillScope;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What to stop: everything, or what matches all the fields that are filled in.
final class ScopeFields extends Div {
    private static final long serialVersionUID = 1L;

    private static final String EVERYTHING = "Everything";
    private static final String ONLY = "Only what matches all of…";
    private static final Map<String, String> EXAMPLES = Map.of(
            "routes", "port-eu, port-*",
            "groups", "contractors",
            "callers", "key:ci, corp:ada@acme.example",
            "clients", "old-agent",
            "tools", "run_action, delete_*");

    private static final Map<String, String> HINTS = Map.of(
            "clients", "The name is the client's own claim: who knows of this kill takes another.",
            "tools", "Hides and refuses these tools only; connections stay.");

    private final Select<String> extent = new Select<>();
    private final Map<String, TextField> fields = new LinkedHashMap<>();
    private final Div narrow = new Div();

    /// @param changed called whenever another extent is chosen
    ScopeFields(Runnable changed) {
        extent.setLabel("What to stop");
        extent.setItems(EVERYTHING, ONLY);
        extent.setValue(EVERYTHING);
        KillScope.KEYS.forEach(key -> {
            var field = new TextField(Character.toUpperCase(key.charAt(0)) + key.substring(1));
            field.setPlaceholder(EXAMPLES.get(key));
            field.setHelperText(HINTS.getOrDefault(key, ""));
            fields.put(key, field);
            narrow.add(field);
        });
        narrow.addClassName("kill-scope");
        narrow.setVisible(false);
        extent.addValueChangeListener(_ -> {
            narrow.setVisible(!isEverything());
            changed.run();
        });
        add(extent, narrow);
    }

    boolean isEverything() {
        return EVERYTHING.equals(extent.getValue());
    }

    /// The scope; empty, and said so beside the fields, when nothing is filled in.
    Optional<KillScope> scope() {
        clearErrors();
        if (isEverything()) {
            return Optional.of(KillScope.wholeOrganization());
        }
        var lists = new LinkedHashMap<String, List<String>>();
        fields.forEach((key, field) -> lists.put(key, Names.in(field)));
        lists.values().removeIf(List::isEmpty);
        if (lists.isEmpty()) {
            show("routes", "Fill in at least one of these.");
            return Optional.empty();
        }
        return Optional.of(KillScope.of(lists));
    }

    /// Says what is wrong with one key.
    ///
    /// @return whether there is such a key
    boolean show(String key, String error) {
        var field = Optional.ofNullable(fields.get(key));
        field.ifPresent(wrong -> {
            wrong.setErrorMessage(error);
            wrong.setInvalid(true);
            wrong.focus();
        });
        return field.isPresent();
    }

    void reset() {
        extent.setValue(EVERYTHING);
        fields.values().forEach(TextField::clear);
        clearErrors();
    }

    private void clearErrors() {
        fields.values().forEach(field -> field.setInvalid(false));
    }
}

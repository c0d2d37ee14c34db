package dev.portcullis.console.policytests.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.portcullis.console.policytests.PolicyTest;
import dev.portcullis.console.policytests.PolicyTestCase;

import java.util.Optional;
import java.util.function.BiPredicate;

/// Writes one test: a request and what is to be decided, as in a scenario file.
final class TestDialog extends Dialog {
    private static final long serialVersionUID = 1L;
    private static final String WHEN = """
            call: upsert_entity
            caller: ada
            groups: [developers]
            """;
    private static final String THEN = "denied: [read-only-by-default]\n";

    private final TextField name = new TextField("Name");
    private final TextArea when = new TextArea("When");
    private final TextArea then = new TextArea("Then");
    private final Checkbox gating = new Checkbox("Publication waits for it", true);
    private final TextField reason = new TextField("Why publication does not wait for it");
    private final Paragraph problem = new Paragraph();

    /// @param known the test that is changed; empty for a new one
    /// @param save takes the test and the revision that was shown, 0 for none, and says whether it is done
    TestDialog(Optional<PolicyTest> known, BiPredicate<PolicyTestCase, Long> save) {
        this(
                known.map(_ -> "Change test").orElse("New test"),
                known.map(PolicyTest::revision).orElse(0L),
                save);
        name.setReadOnly(known.isPresent());
        known.map(PolicyTest::content).ifPresent(this::show);
    }

    /// A new test that says this.
    TestDialog(PolicyTestCase offered, BiPredicate<PolicyTestCase, Long> save) {
        this("New test", 0, save);
        show(offered);
        name.focus();
    }

    private TestDialog(String title, long revision, BiPredicate<PolicyTestCase, Long> save) {
        setHeaderTitle(title);
        setWidth("38rem");
        for (var text : new TextArea[] {when, then}) {
            text.setWidthFull();
            text.setMinRows(4);
            text.addClassName("policytests-code");
        }
        name.setWidthFull();
        name.setRequiredIndicatorVisible(true);
        reason.setWidthFull();
        when.setHelperText(
                "One of call, list, message, prompt, connection …; caller, groups, client, address, route, time");
        then.setHelperText("allowed: true, denied, restrictions, observed, visible");
        reason.setVisible(false);
        gating.addValueChangeListener(event -> reason.setVisible(!event.getValue()));
        problem.addClassName("policytests-problem");
        problem.getElement().setAttribute("role", "alert");
        problem.setVisible(false);
        when.setValue(WHEN);
        then.setValue(THEN);
        var fields = new Div(name, when, then, gating, reason, problem);
        fields.addClassName("policytests-fields");
        add(fields);
        var confirm = new Button("Save", _ -> save(revision, save));
        confirm.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        getFooter().add(new Button("Cancel", _ -> close()), confirm);
    }

    private void show(PolicyTestCase test) {
        name.setValue(test.name());
        when.setValue(test.whenAsYaml());
        then.setValue(test.thenAsYaml());
        test.notGating().ifPresent(why -> {
            gating.setValue(false);
            reason.setValue(why);
        });
    }

    private void save(long revision, BiPredicate<PolicyTestCase, Long> save) {
        try {
            var test = PolicyTestCase.ofYaml(
                    name.getValue().strip(),
                    when.getValue(),
                    then.getValue(),
                    gating.getValue()
                            ? Optional.empty()
                            : Optional.of(reason.getValue().strip()));
            if (save.test(test, revision)) {
                close();
            }
        } catch (IllegalArgumentException e) {
            problem.setText(e.getMessage());
            problem.setVisible(true);
        }
    }
}

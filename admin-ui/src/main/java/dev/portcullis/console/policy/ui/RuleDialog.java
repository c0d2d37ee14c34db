package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import dev.portcullis.policy.document.DocumentProblem;
import dev.portcullis.policy.document.RuleFragment;

import java.util.function.Consumer;

/// One rule to work on: its common keys as a form, and all of it as text, which is what counts.
final class RuleDialog extends Dialog {
    private static final long serialVersionUID = 1L;

    private final RuleForm form = new RuleForm(this::changedByForm);
    private final PolicyEditor editor = new PolicyEditor("Text of the rule");
    private final ProblemList problems = new ProblemList(editor::selectLine);
    private final Div refused = new Div();
    private final Button apply;
    private transient RuleFragment fragment;

    /// @param apply takes the text; throws an [IllegalArgumentException] when it cannot
    RuleDialog(String title, String text, Consumer<String> apply) {
        this.fragment = new RuleFragment(text);
        setHeaderTitle(title);
        setWidth("64rem");
        setMaxWidth("100%");
        setHeight("86vh");
        addClassName("policy-rule-dialog");
        this.apply = new Button("Apply to the draft", _ -> apply(apply));
        this.apply.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        editor.onCommit(_ -> changedByText());
        editor.showText(text);
        refused.addClassName("policy-refused");
        refused.getElement().setAttribute("role", "alert");
        refused.setVisible(false);
        var right = new Div(editor, refused, problems);
        right.addClassName("policy-rule-text");
        var columns = new Div(form, right);
        columns.addClassName("policy-rule-columns");
        add(columns);
        getFooter().add(new Button("Cancel", _ -> close()), this.apply);
        form.show(fragment);
        showProblems();
    }

    private void changedByForm(RuleFragment changed) {
        fragment = changed;
        editor.showText(changed.text());
        showProblems();
    }

    private void changedByText() {
        fragment = new RuleFragment(editor.text());
        form.show(fragment);
        showProblems();
    }

    private void showProblems() {
        var wrong = fragment.problems();
        refused.setVisible(false);
        problems.setVisible(!wrong.isEmpty());
        problems.showErrors(wrong);
        editor.mark(wrong.stream().map(RuleDialog::mark).toList());
        apply.setEnabled(wrong.isEmpty());
    }

    private void apply(Consumer<String> apply) {
        try {
            apply.accept(fragment.text());
            close();
        } catch (IllegalArgumentException e) {
            refused.setText(e.getMessage());
            refused.setVisible(true);
        }
    }

    private static PolicyEditor.Mark mark(DocumentProblem problem) {
        return new PolicyEditor.Mark(Math.max(problem.line(), 1), "error", ProblemList.sentence(problem));
    }
}

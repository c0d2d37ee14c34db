package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.html.Div;
import dev.portcullis.console.policy.PolicyService;
import dev.portcullis.policy.document.DocumentProblem;
import dev.portcullis.policy.document.ReadResult;

import java.util.List;

/// The editor and, beside it, what is wrong with the text. Checks as one types.
final class EditorPanel extends Div {
    private static final long serialVersionUID = 1L;

    private final transient PolicyService policies;
    private final PolicyEditor editor = new PolicyEditor("Policy document");
    private final ProblemList problems = new ProblemList(editor::selectLine);
    private String saved = "";
    private boolean valid;

    EditorPanel(PolicyService policies, Runnable changed) {
        this.policies = policies;
        addClassName("editor-panel");
        editor.onCommit(_ -> {
            validate();
            changed.run();
        });
        add(editor, problems);
    }

    /// Shows a stored text.
    void show(String text) {
        saved = text;
        editor.showText(text);
        validate();
    }

    /// The text is stored now.
    void saved() {
        saved = editor.text();
    }

    String text() {
        return editor.text();
    }

    boolean isDirty() {
        return !saved.equals(editor.text());
    }

    boolean isValid() {
        return valid;
    }

    void setReadOnly(boolean readOnly) {
        editor.setReadOnly(readOnly);
    }

    void validate() {
        var result = policies.validate(editor.text());
        valid = result instanceof ReadResult.Valid;
        switch (result) {
            case ReadResult.Valid(var document, var warnings) -> {
                problems.showValid(document, warnings);
                editor.mark(marks("warning", warnings));
            }
            case ReadResult.Invalid(var _, var errors) -> {
                problems.showErrors(errors);
                editor.mark(marks("error", errors));
            }
        }
    }

    private static List<PolicyEditor.Mark> marks(String severity, List<DocumentProblem> problems) {
        return problems.stream()
                .map(problem ->
                        new PolicyEditor.Mark(Math.max(problem.line(), 1), severity, ProblemList.sentence(problem)))
                .toList();
    }
}

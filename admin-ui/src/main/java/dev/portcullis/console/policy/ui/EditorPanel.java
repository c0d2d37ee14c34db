package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.html.Div;
import dev.portcullis.console.policy.PolicyService;
import dev.portcullis.policy.document.DocumentProblem;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReadResult;

import java.util.List;
import java.util.Optional;

/// The editor and, below it, what is wrong with the text. Checks as one types.
final class EditorPanel extends Div {
    private static final long serialVersionUID = 1L;

    private final transient PolicyService policies;
    private final PolicyEditor editor = new PolicyEditor("Policy document");
    private final ProblemList problems = new ProblemList(editor::selectLine);
    private String saved = "";
    private final transient Runnable changed;
    private transient Optional<PolicyDocument> document = Optional.empty();

    EditorPanel(PolicyService policies, Runnable changed) {
        this.policies = policies;
        this.changed = changed;
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

    /// Changes the text as if somebody had typed it.
    void edit(String text) {
        editor.showText(text);
        validate();
        changed.run();
    }

    void selectLine(int line) {
        editor.selectLine(line);
    }

    /// What the text says; empty while there are errors in it.
    Optional<PolicyDocument> document() {
        return document;
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
        return document.isPresent();
    }

    void setReadOnly(boolean readOnly) {
        editor.setReadOnly(readOnly);
    }

    void validate() {
        var result = policies.validate(editor.text());
        switch (result) {
            case ReadResult.Valid(var read, var warnings) -> {
                document = Optional.of(read);
                problems.showValid(read, warnings);
                editor.mark(marks("warning", warnings));
            }
            case ReadResult.Invalid(var _, var errors) -> {
                document = Optional.empty();
                problems.showErrors(errors);
                editor.mark(marks("error", errors));
            }
        }
    }

    private static List<PolicyEditor.Mark> marks(String severity, List<DocumentProblem> problems) {
        return problems.stream()
                .limit(ProblemList.SHOWN)
                .map(problem ->
                        new PolicyEditor.Mark(Math.max(problem.line(), 1), severity, ProblemList.sentence(problem)))
                .toList();
    }
}

package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;

/// A text editor for policy documents: line numbers, problems at their lines, and a diff against
/// another text.
///
/// A change of its script or of its npm packages asks for a new bundle, see `rebuild-bundle.sh`.
@Tag("policy-editor")
@NpmPackage(value = "@codemirror/commands", version = "6.11.1")
@NpmPackage(value = "@codemirror/lang-yaml", version = "6.1.3")
@NpmPackage(value = "@codemirror/language", version = "6.13.1")
@NpmPackage(value = "@codemirror/lint", version = "6.9.8")
@NpmPackage(value = "@codemirror/merge", version = "6.12.3")
@NpmPackage(value = "@codemirror/state", version = "6.7.6")
@NpmPackage(value = "@codemirror/view", version = "6.43.15")
@NpmPackage(value = "@lezer/highlight", version = "1.2.5")
@JsModule("./policy-editor/policy-editor.js")
final class PolicyEditor extends Component implements HasSize, HasStyle {
    private static final long serialVersionUID = 1L;

    private static final JsonMapper JSON = JsonMapper.shared();

    private String text = "";

    PolicyEditor(String label) {
        getElement().setProperty("label", label);
        addClassName("policy-editor");
        addListener(Committed.class, event -> text = event.text());
    }

    /// A mark in the margin.
    ///
    /// @param severity `error` or `warning`
    record Mark(int line, String severity, String message) {}

    /// The user has paused after typing.
    @DomEvent("value-committed")
    public static final class Committed extends ComponentEvent<PolicyEditor> {
        private static final long serialVersionUID = 1L;

        private final String text;

        public Committed(PolicyEditor source, boolean fromClient, @EventData("event.detail.value") String text) {
            super(source, fromClient);
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    String text() {
        return text;
    }

    void showText(String text) {
        this.text = text;
        getElement().setProperty("value", text);
        if (isAttached()) {
            // The browser's text may differ from the property the server last set: set it whatever that was.
            getElement().executeJs("this.value = $0", text);
        }
    }

    void compareWith(String original) {
        getElement().setProperty("original", original);
    }

    void setReadOnly(boolean readOnly) {
        getElement().setProperty("readonly", readOnly);
    }

    void mark(List<Mark> marks) {
        getElement().setPropertyJson("problems", JSON.valueToTree(marks));
    }

    void selectLine(int line) {
        getElement().callJsFunction("selectLine", line);
    }

    void onCommit(ComponentEventListener<Committed> listener) {
        addListener(Committed.class, listener);
    }
}

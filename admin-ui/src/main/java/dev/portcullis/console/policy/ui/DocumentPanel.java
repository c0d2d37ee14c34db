package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import dev.portcullis.console.policy.PolicyService;
import dev.portcullis.console.policy.RuleHits;
import dev.portcullis.console.policy.RuleTemplate;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.Rule;
import dev.portcullis.policy.document.RuleEditor;
import dev.portcullis.policy.document.RuleFragment;
import dev.portcullis.policy.document.RuleSource;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// The document twice: its rules as cards, and its text. The text is what counts; a change of a card is a change of
/// that rule in the text, and leaves all else in it as it is.
final class DocumentPanel extends Div implements RuleActions {
    private static final long serialVersionUID = 1L;
    private static final int UNDO_MILLIS = 12_000;

    private final EditorPanel editor;
    private final RuleCards cards;

    /// @param changed is told when the text is another one
    /// @param filtered is told when the filter of the cards is another one
    DocumentPanel(PolicyService policies, boolean canWrite, Runnable changed, Consumer<String> filtered) {
        addClassName("policy-document");
        editor = new EditorPanel(policies, changed);
        editor.setReadOnly(!canWrite);
        cards = new RuleCards(this, canWrite, this::add, filtered);
        add(cards, editor);
    }

    EditorPanel editor() {
        return editor;
    }

    Optional<PolicyDocument> document() {
        return editor.document();
    }

    /// Shows what the text says now.
    void showCards() {
        editor.document().ifPresentOrElse(document -> cards.show(document.rules()), cards::stop);
    }

    void showHits(RuleHits hits) {
        cards.showHits(hits);
    }

    String filter() {
        return cards.filter();
    }

    void filter(String words) {
        cards.filter(words);
    }

    @Override
    public void edit(Rule rule) {
        new RuleDialog(
                        "Rule " + rule.id(),
                        RuleSource.of(editor.text(), rule.id()),
                        fragment -> editor.edit(RuleSource.replaced(editor.text(), rule.id(), fragment)))
                .open();
    }

    @Override
    public void move(Rule rule, int steps) {
        change(text -> RuleSource.moved(text, rule.id(), steps));
    }

    @Override
    public void setMode(Rule rule, Rule.Mode mode) {
        if (change(text -> RuleEditor.withMode(text, rule.id(), mode))) {
            Notification.show(
                    switch (mode) {
                        case ENFORCE ->
                            "Rule " + rule.id() + " enforces in this draft; Impact shows what that would have refused";
                        case OBSERVE -> "Rule " + rule.id() + " only observes in this draft";
                    });
        }
    }

    @Override
    public void duplicate(Rule rule) {
        var id = RuleTemplate.free(rule.id(), ids());
        change(text -> RuleSource.added(text, renamed(RuleSource.of(text, rule.id()), id)));
        Notification.show("Rule " + id + " is at the end of the rules");
    }

    @Override
    public void delete(Rule rule) {
        var before = editor.text();
        if (change(text -> RuleEditor.withoutRule(text, rule.id()))) {
            offerUndo("Rule " + rule.id() + " is out of the draft", before);
        }
    }

    @Override
    public void find(Rule rule) {
        RuleSource.line(editor.text(), rule.id()).ifPresent(editor::selectLine);
    }

    private void add(RuleTemplate template) {
        if (editor.document().isEmpty()) {
            Dialogs.tell("There are errors in the text. Rules can be added when it is valid.");
            return;
        }
        new RuleDialog(
                        "New rule",
                        template.fragment(ids()),
                        fragment -> editor.edit(RuleSource.added(editor.text(), fragment)))
                .open();
    }

    private boolean change(UnaryOperator<String> edit) {
        try {
            editor.edit(edit.apply(editor.text()));
            return true;
        } catch (IllegalArgumentException e) {
            Dialogs.tell(
                    "The text is written so that this cannot be changed alone; change it there. " + e.getMessage());
            return false;
        }
    }

    /// What was typed since is not thrown away for it.
    private void offerUndo(String sentence, String before) {
        var after = editor.text();
        var told = new Notification();
        told.setDuration(UNDO_MILLIS);
        var undo = new Button("Undo", _ -> {
            told.close();
            if (editor.text().equals(after)) {
                editor.edit(before);
            } else {
                Dialogs.tell("The text was changed again since; nothing was undone.");
            }
        });
        undo.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
        var words = new Div(new Span(sentence), undo);
        words.addClassName("policy-undo");
        told.add(words);
        told.open();
    }

    private static String renamed(String fragment, String id) {
        return new RuleFragment(fragment).with(List.of("id"), id).text();
    }

    private Set<String> ids() {
        return editor.document().stream()
                .flatMap(document -> document.rules().stream())
                .map(Rule::id)
                .collect(Collectors.toSet());
    }
}

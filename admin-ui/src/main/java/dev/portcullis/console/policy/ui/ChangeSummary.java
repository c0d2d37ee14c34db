package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import dev.portcullis.policy.document.DocumentDiff;
import dev.portcullis.policy.document.DocumentDiff.Change;
import dev.portcullis.policy.document.DocumentDiff.Field;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.ReadResult;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Changes in meaning, as sentences.
final class ChangeSummary extends Div {
    private static final long serialVersionUID = 1L;

    ChangeSummary(List<String> sentences) {
        addClassName("change-summary");
        var list = new UnorderedList();
        sentences.forEach(sentence -> list.add(new ListItem(sentence)));
        if (sentences.isEmpty()) {
            list.add(new ListItem("No change in meaning can be told: only the text differs, or it is not valid yet."));
        }
        add(list);
    }

    /// Changes in meaning, one sentence each; empty when only layout differs or one of the two cannot be read.
    static List<String> between(String before, String after) {
        return DocumentReader.read(before) instanceof ReadResult.Valid(var published, var _)
                        && DocumentReader.read(after) instanceof ReadResult.Valid(var wanted, var _)
                ? sentences(DocumentDiff.between(published, wanted))
                : List.of();
    }

    private static List<String> sentences(DocumentDiff diff) {
        return diff.changes().stream().map(ChangeSummary::sentence).toList();
    }

    private static String sentence(Change change) {
        var what = change.section().name().toLowerCase(Locale.ROOT) + " " + change.name();
        return switch (change.kind()) {
            case ADDED -> "Added " + what;
            case REMOVED -> "Removed " + what;
            case CHANGED ->
                "Changed " + what + ": "
                        + change.fields().stream().map(ChangeSummary::field).collect(Collectors.joining("; "));
        };
    }

    private static String field(Field field) {
        return field.key() + " " + field.before().orElse("(absent)") + " → "
                + field.after().orElse("(absent)");
    }
}

package dev.portcullis.standalone.command;

import dev.portcullis.policy.document.DocumentDiff;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.ReadResult;
import dev.portcullis.standalone.client.LineDiff;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What differs between two texts: in meaning, part by part, and line by line.
///
/// @param meaning empty when one of the two is no valid document, so that nothing can be told
record PolicyChanges(Optional<DocumentDiff> meaning, List<String> lines) {
    static PolicyChanges between(String before, String after) {
        var meaning = DocumentReader.read(before) instanceof ReadResult.Valid(var old, var _)
                        && DocumentReader.read(after) instanceof ReadResult.Valid(var wanted, var _)
                ? Optional.of(DocumentDiff.between(old, wanted))
                : Optional.<DocumentDiff>empty();
        return new PolicyChanges(meaning, LineDiff.between(before, after));
    }

    boolean none() {
        return lines.isEmpty();
    }

    /// For people.
    List<String> text() {
        if (none()) {
            return List.of();
        }
        var head = meaning.map(diff -> diff.isEmpty()
                        ? List.of("No change in meaning: layout, comments or order.")
                        : diff.changes().stream().map(PolicyChanges::sentence).toList())
                .orElse(List.of());
        return Stream.of(head, head.isEmpty() ? List.<String>of() : List.of(""), lines)
                .flatMap(List::stream)
                .toList();
    }

    /// For scripts.
    ObjectNode json() {
        var json = JsonMapper.shared().createObjectNode().put("same", none());
        meaning.ifPresent(diff -> {
            var changes = json.put("sameMeaning", diff.isEmpty()).putArray("changes");
            for (var change : diff.changes()) {
                var entry = changes.addObject()
                        .put("kind", change.kind().name().toLowerCase(Locale.ROOT))
                        .put("section", change.section().name().toLowerCase(Locale.ROOT))
                        .put("name", change.name());
                var fields = entry.putArray("fields");
                change.fields().forEach(field -> {
                    var one = fields.addObject().put("key", field.key());
                    field.before().ifPresent(value -> one.put("before", value));
                    field.after().ifPresent(value -> one.put("after", value));
                });
            }
        });
        lines.forEach(json.putArray("lines")::add);
        return json;
    }

    private static String sentence(DocumentDiff.Change change) {
        var what = change.section().name().toLowerCase(Locale.ROOT) + " " + change.name();
        var fields = change.fields().stream()
                .map(field -> field.key() + " " + field.before().orElse("(absent)") + " → "
                        + field.after().orElse("(absent)"))
                .collect(Collectors.joining("; "));
        return switch (change.kind()) {
            case ADDED -> "Added " + what;
            case REMOVED -> "Removed " + what;
            case CHANGED -> "Changed " + what + ": " + fields;
        };
    }
}

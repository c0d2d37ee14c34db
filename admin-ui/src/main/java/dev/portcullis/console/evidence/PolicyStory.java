package dev.portcullis.console.evidence;

import dev.portcullis.policy.document.DocumentDiff;
import dev.portcullis.policy.document.DocumentDiff.Change;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.ReadResult;

import java.util.Locale;
import java.util.stream.Collectors;

/// What a version of the policy changed, for people.
final class PolicyStory {
    private PolicyStory() {}

    /// Sentences, one on each line.
    static String changes(PolicyEvidence version) {
        return version.before()
                .map(before -> "Version " + version.version() + ", compared with the one before it:\n\n"
                        + between(before, version.document()))
                .orElse("Version " + version.version() + " is the first one.\n");
    }

    private static String between(String before, String after) {
        if (DocumentReader.read(before) instanceof ReadResult.Valid(var old, var _)
                && DocumentReader.read(after) instanceof ReadResult.Valid(var wanted, var _)) {
            var diff = DocumentDiff.between(old, wanted);
            return diff.isEmpty()
                    ? "No change in meaning: layout, comments, order or modules.\n"
                    : diff.changes().stream().map(PolicyStory::sentence).collect(Collectors.joining("\n", "", "\n"));
        }
        return "One of the two is no document that this version of the console can read: compare the texts.\n";
    }

    private static String sentence(Change change) {
        var what = change.section().name().toLowerCase(Locale.ROOT) + " " + change.name();
        return switch (change.kind()) {
            case ADDED -> "Added " + what + ": " + fields(change);
            case REMOVED -> "Removed " + what;
            case CHANGED -> "Changed " + what + ": " + fields(change);
        };
    }

    private static String fields(Change change) {
        return change.fields().stream()
                .map(field -> field.key() + " " + field.before().orElse("(absent)") + " → "
                        + field.after().orElse("(absent)"))
                .collect(Collectors.joining("; "));
    }
}

package dev.portcullis.policy.document;

import java.util.List;
import java.util.Optional;

/// A text that was read, to be compared with the names of an installation as often as those change: reading takes
/// longer than comparing. Immutable; it holds the text's whole tree, some ten times the text.
public final class ReadDocument {
    private final Optional<YamlText.Root> root;
    private final ReadResult alone;

    private ReadDocument(Optional<YamlText.Root> root, ReadResult alone) {
        this.root = root;
        this.alone = alone;
    }

    /// Reads `text`; never throws for bad input.
    public static ReadDocument of(String text) {
        return switch (YamlText.parse(text)) {
            case YamlText.Unreadable unreadable ->
                new ReadDocument(Optional.empty(), new ReadResult.Invalid(false, List.of(unreadable.problem())));
            case YamlText.Root root -> new ReadDocument(Optional.of(root), DocumentReader.read(root));
        };
    }

    /// What the text says, without any warning.
    public ReadResult withoutWarnings() {
        return alone;
    }

    /// What the text says and everything that is doubtful in it.
    ///
    /// @param known what the installation has met, for warnings about names it has not
    public ReadResult comparedWith(KnownNames known) {
        return switch (alone) {
            case ReadResult.Valid(var document, var _) ->
                new ReadResult.Valid(
                        document,
                        DocumentWarnings.of(
                                document, known, path -> root.orElseThrow().lineOf(path)));
            case ReadResult.Invalid invalid -> invalid;
        };
    }
}

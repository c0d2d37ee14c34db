package dev.portcullis.policy.document;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Gives documents the one layout of theirs: keys in one order, one indentation, one way to quote, short
/// lists and conditions on one line. The order of rules, routes and lists stays, every comment stays with
/// what it is about, and JSON stays JSON. A text that has this layout already does not change.
public final class DocumentFormatter {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private DocumentFormatter() {}

    /// @param text a valid document
    /// @return a text that reads as the same document and has the same comments
    /// @throws IllegalArgumentException when the text is not a valid document, or is written in a way
    ///     that has no such layout
    public static String format(String text) {
        var document = EditableText.valid(text);
        var source = EditableText.of(text);
        return attempts(source)
                .filter(formatted -> saysTheSame(formatted, document, source))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "text: cannot be laid out without a change of what it says; replace its aliases and tags"));
    }

    private static Stream<String> attempts(EditableText source) {
        return isJson(source.text())
                ? Stream.of(JsonLayout.document(Piece.of(source.root(), Shape.DOCUMENT)))
                : Stream.of(new SourceBlocks(source), YamlLayout.BlockText.NONE)
                        .map(texts -> YamlLayout.document(CommentPlaces.given(source), texts));
    }

    private static boolean saysTheSame(String formatted, PolicyDocument document, EditableText source) {
        return DocumentReader.read(formatted) instanceof ReadResult.Valid(var read, var _)
                && read.equals(document)
                && comments(EditableText.of(formatted)).equals(comments(source));
    }

    private static List<String> comments(EditableText text) {
        return Comment.in(text).stream().map(Comment::text).sorted().toList();
    }

    private static boolean isJson(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text)).isPresent();
        } catch (JacksonException e) {
            return false;
        }
    }
}

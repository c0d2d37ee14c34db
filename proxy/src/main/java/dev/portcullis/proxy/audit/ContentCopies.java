package dev.portcullis.proxy.audit;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Where else in the result of a tool a value of its `structuredContent` stands: servers say the same as a text
/// in `content`, as the protocol asks them to.
///
/// Some texts hold the whole, some one entry of it, so that a place is looked for from each of its keys on. SDKs
/// wrap what is no object as `{"result": …}` and say it bare in the text, which is no JSON then.
final class ContentCopies {
    private static final KeyPattern.Key STRUCTURED = new KeyPattern.Key("structuredContent");
    private static final KeyPattern.Key WRAPPED = new KeyPattern.Key("result");
    private static final KeyPattern ANY = KeyPattern.of("*");
    private static final KeyPattern CONTENT = KeyPattern.of("content");
    private static final KeyPattern TEXT = KeyPattern.of("text");
    private static final List<List<KeyPattern>> TEXTS =
            List.of(List.of(CONTENT, ANY, TEXT), List.of(CONTENT, ANY, KeyPattern.of("resource"), TEXT));

    private ContentCopies() {}

    /// The place itself, and its copies.
    static Stream<List<KeyPattern>> with(List<KeyPattern> place) {
        if (!place.getFirst().names(STRUCTURED)) {
            return Stream.of(place);
        }
        var inside = place.subList(1, place.size());
        return Stream.concat(
                Stream.of(place), TEXTS.stream().flatMap(text -> inText(inside).map(rest -> joined(text, rest))));
    }

    private static Stream<List<KeyPattern>> inText(List<KeyPattern> inside) {
        return isSaidBare(inside)
                ? Stream.of(List.of())
                : IntStream.range(0, inside.size()).mapToObj(from -> inside.subList(from, inside.size()));
    }

    /// Whether all of a text may be what is hidden.
    private static boolean isSaidBare(List<KeyPattern> inside) {
        return switch (inside.size()) {
            case 0 -> true;
            case 1 -> inside.getFirst().names(WRAPPED);
            case 2 -> inside.getFirst().names(WRAPPED) && inside.getLast().namesAnIndex();
            default -> false;
        };
    }

    private static List<KeyPattern> joined(List<KeyPattern> text, List<KeyPattern> rest) {
        return Stream.concat(text.stream(), rest.stream()).toList();
    }
}

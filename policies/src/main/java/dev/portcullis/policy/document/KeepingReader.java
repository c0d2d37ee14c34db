package dev.portcullis.policy.document;

import dev.portcullis.policy.Keeping.Keep;
import dev.portcullis.policy.PointerPattern;
import dev.portcullis.policy.document.Restriction.RecordResult;
import dev.portcullis.policy.document.Restriction.Redact;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads what rules say about records.
final class KeepingReader {
    private static final String POINTER =
            "a JSON Pointer such as /properties/salary, at most 512 characters; * stands for any characters of a key";
    private static final Map<String, Keep> KEEPS =
            Arrays.stream(Keep.values()).collect(Collectors.toMap(Keep::wireName, Function.identity()));

    private KeepingReader() {}

    static Optional<Restriction> redact(Place place) {
        return place.fields("arguments, results and keep", List.of("arguments", "results", "keep"))
                .flatMap(fields -> {
                    var arguments = fields.optional("arguments")
                            .map(KeepingReader::pointers)
                            .orElse(List.of());
                    var results = fields.optional("results")
                            .map(KeepingReader::pointers)
                            .orElse(List.of());
                    var keep = fields.optional("keep")
                            .flatMap(word -> word.oneOf(KEEPS))
                            .orElse(Keep.DIGEST);
                    if (!fields.keys().contains("arguments") && !fields.keys().contains("results")) {
                        place.problem("nothing to redact", "arguments, results, or both", Optional.empty());
                    }
                    return arguments.isEmpty() && results.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new Redact(arguments, results, keep));
                });
    }

    static Optional<Restriction> recordResult(Place place) {
        return place.fields("maxBytes", List.of("maxBytes"))
                .flatMap(fields -> fields.required("maxBytes", "how many bytes of a result are kept at most"))
                .flatMap(number -> number.number(1, RecordResult.MOST_BYTES))
                .map(bytes -> new RecordResult(Math.toIntExact(bytes)));
    }

    private static List<PointerPattern> pointers(Place place) {
        var pointers = place.items(
                "a list of JSON Pointers",
                item -> item.string(POINTER).flatMap(text -> {
                    var pointer = PointerPattern.parse(text);
                    if (pointer.isEmpty()) {
                        item.problem(text, POINTER, nearest(text));
                    }
                    return pointer;
                }));
        if (place.isEmptyList() || pointers.size() > Redact.MOST_POINTERS) {
            place.problem(
                    place.isEmptyList() ? "an empty list" : pointers.size() + " pointers",
                    "1 to " + Redact.MOST_POINTERS + " JSON Pointers",
                    Optional.empty());
        }
        return pointers.stream().limit(Redact.MOST_POINTERS).toList();
    }

    /// Somebody may have written a path as other languages do.
    private static Optional<String> nearest(String text) {
        var plain = text.replaceAll("^\\$?\\.?", "").replace('.', '/').replaceAll("\\*{2,}", "*");
        return Optional.of(plain.startsWith("/") ? plain : "/" + plain)
                .filter(pointer -> PointerPattern.parse(pointer).isPresent());
    }
}

package dev.portcullis.policy.engine;

import dev.portcullis.policy.Keeping;
import dev.portcullis.policy.Keeping.Hiding;
import dev.portcullis.policy.Keeping.Keep;
import dev.portcullis.policy.PointerPattern;
import tools.jackson.databind.JsonNode;

import java.util.Arrays;
import java.util.List;

/// Reads what an engine answers about the record of a call.
final class KeepingAnswer {
    private KeepingAnswer() {}

    /// @throws NoAnswer when it does not have its form
    static Keeping read(JsonNode answer) {
        var hidings = AnswerReader.list(AnswerReader.child(answer, "redact"), KeepingAnswer::hiding);
        var sizes = AnswerReader.list(AnswerReader.child(answer, "results"), KeepingAnswer::size);
        return hidings.isEmpty() && sizes.isEmpty()
                ? Keeping.USUAL
                : new Keeping(hidings, sizes.stream().mapToInt(size -> size).min());
    }

    private static Hiding hiding(JsonNode node) {
        return new Hiding(
                AnswerReader.text(AnswerReader.child(node, "rule")),
                pointers(AnswerReader.child(node, "arguments")),
                pointers(AnswerReader.child(node, "results")),
                keep(AnswerReader.text(AnswerReader.child(node, "keep"))));
    }

    private static List<PointerPattern> pointers(JsonNode node) {
        return AnswerReader.list(
                node,
                item -> PointerPattern.parse(AnswerReader.text(item))
                        .orElseThrow(
                                () -> new NoAnswer("the policy's answer redacts a place that is no JSON Pointer")));
    }

    private static Keep keep(String word) {
        return Arrays.stream(Keep.values())
                .filter(keep -> keep.wireName().equals(word))
                .findFirst()
                .orElseThrow(() -> new NoAnswer("the policy's answer redacts in a way that is not known"));
    }

    private static int size(JsonNode node) {
        var bytes = AnswerReader.child(node, "maxBytes");
        if (!bytes.isInt() || bytes.intValue() < 1) {
            throw new NoAnswer("the policy's answer has a result of no size");
        }
        return bytes.intValue();
    }
}

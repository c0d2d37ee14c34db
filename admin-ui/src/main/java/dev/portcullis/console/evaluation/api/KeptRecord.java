package dev.portcullis.console.evaluation.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Keeping;
import dev.portcullis.policy.PointerPattern;

import java.util.List;
import java.util.Optional;

/// What rules say of the record of a call.
///
/// @param resultBytes how much of the result is kept
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record KeptRecord(List<Redaction> redact, Optional<Integer> resultBytes) {

    record Redaction(String rule, List<String> arguments, List<String> results, String keep) {}

    static Optional<KeptRecord> of(Decision decision) {
        var keeping = switch (decision) {
            case Decision.Allow allow -> Optional.of(allow.obligations().keeping());
            case Decision.Deny deny -> deny.keeping();
            case Decision.Undecided undecided -> Optional.<Keeping>empty();
        };
        return keeping.filter(kept -> !kept.equals(Keeping.USUAL))
                .map(kept -> new KeptRecord(
                        kept.hidings().stream().map(KeptRecord::redaction).toList(),
                        kept.resultBytes().stream().boxed().findFirst()));
    }

    private static Redaction redaction(Keeping.Hiding hiding) {
        return new Redaction(
                hiding.rule(),
                texts(hiding.arguments()),
                texts(hiding.results()),
                hiding.keep().wireName());
    }

    private static List<String> texts(List<PointerPattern> pointers) {
        return pointers.stream().map(PointerPattern::pattern).toList();
    }
}

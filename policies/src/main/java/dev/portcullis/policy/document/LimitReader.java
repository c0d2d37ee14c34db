package dev.portcullis.policy.document;

import dev.portcullis.policy.document.Restriction.Limit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads limits.
final class LimitReader {
    private static final Map<String, Limit.Period> PERIODS =
            Arrays.stream(Limit.Period.values()).collect(Collectors.toMap(Limit.Period::wireName, Function.identity()));
    private static final Map<String, Limit.Subject> SUBJECTS = Arrays.stream(Limit.Subject.values())
            .collect(Collectors.toMap(Limit.Subject::wireName, Function.identity()));
    private static final Map<String, Limit.WithoutStore> WITHOUT_STORE = Arrays.stream(Limit.WithoutStore.values())
            .collect(Collectors.toMap(Limit.WithoutStore::wireName, Function.identity()));

    private LimitReader() {}

    static Optional<Restriction> limit(Place place) {
        return place.fields("calls, per and by", List.of("calls", "per", "by", "withoutStore"))
                .flatMap(fields -> {
                    var calls = fields.required("calls", "how many calls")
                            .flatMap(number -> number.number(1, Limit.MOST_CALLS));
                    var per = fields.required("per", "one of second, minute, hour, day")
                            .flatMap(word -> word.oneOf(PERIODS));
                    var by = fields.required("by", "one of caller, tool, route, organization")
                            .flatMap(word -> word.oneOf(SUBJECTS));
                    var withoutStore = fields.optional("withoutStore")
                            .flatMap(word -> word.oneOf(WITHOUT_STORE))
                            .orElse(Limit.WithoutStore.REFUSE);
                    return calls.flatMap(number ->
                            per.flatMap(period -> by.map(subject -> new Limit(number, period, subject, withoutStore))));
                });
    }
}

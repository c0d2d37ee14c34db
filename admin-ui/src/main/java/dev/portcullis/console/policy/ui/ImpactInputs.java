package dev.portcullis.console.policy.ui;

import com.vaadin.flow.router.QueryParameters;
import dev.portcullis.console.policy.PolicyChoice;
import dev.portcullis.console.replay.ReplayOrder;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Which records are to be put to the draft, and what its answers are compared with; and, when that has begun, which
/// replay it is. It lives in the URL.
///
/// @param from an instant; a day before `to` when empty
/// @param to an instant; now when empty
/// @param baseline `recorded` or `published`
/// @param replay the replay's id
record ImpactInputs(String from, String to, String baseline, Optional<UUID> replay) {
    static final String RECORDED = "recorded";
    static final String PUBLISHED = "published";

    private static final Duration USUAL = Duration.ofDays(1);
    private static final int SAMPLES = 3;

    static ImpactInputs of(QueryParameters parameters) {
        return new ImpactInputs(
                parameters.getSingleParameter("from").orElse(""),
                parameters.getSingleParameter("to").orElse(""),
                parameters
                        .getSingleParameter("baseline")
                        .filter(PUBLISHED::equals)
                        .orElse(RECORDED),
                parameters.getSingleParameter("replay").flatMap(ImpactInputs::id));
    }

    Map<String, String> parameters() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("from", from);
        parameters.put("to", to);
        parameters.put("baseline", baseline);
        replay.ifPresent(id -> parameters.put("replay", id.toString()));
        parameters.values().removeIf(String::isEmpty);
        return parameters;
    }

    ImpactInputs running(UUID id) {
        return new ImpactInputs(from, to, baseline, Optional.of(id));
    }

    /// @throws IllegalArgumentException that names what cannot be replayed
    ReplayOrder order(PolicyChoice policy, Instant now) {
        var end = to.isEmpty() ? now : instant("to", to);
        return new ReplayOrder(
                from.isEmpty() ? end.minus(USUAL) : instant("from", from),
                end,
                policy,
                baseline.equals(PUBLISHED) ? ReplayOrder.Baseline.PUBLISHED : ReplayOrder.Baseline.RECORDED,
                SAMPLES,
                ReplayOrder.USUAL_RECORDS);
    }

    private static Instant instant(String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    name + ": " + text + " (expected: a time such as 2026-11-27T18:00:00Z)", e);
        }
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

package dev.portcullis.console.policy;

import static java.util.stream.Collectors.toMap;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.counts.CountedPeriod;
import dev.portcullis.console.counts.NamedCount;
import dev.portcullis.console.counts.Subject;
import dev.portcullis.console.counts.query.CallCountQuery;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Tells how often rules have refused lately, from the counts that the overview shows too: it takes the same however
/// many calls there were.
@Service
public class RuleHitService {
    public static final int MOST_DAYS = 31;

    /// More names than the largest policy has rules.
    private static final int MOST_NAMES = 20_000;

    private final CallCountQuery counts;
    private final Clock clock;

    RuleHitService(CallCountQuery counts, Clock clock) {
        this.counts = counts;
        this.clock = clock;
    }

    /// Of the last days, and of a little more, to begin where counts do.
    ///
    /// @param days how far back, 1 to 31
    /// @throws IllegalArgumentException when that is too few or too many
    @RolesAllowed(Roles.VIEWER)
    public RuleHits hits(int days) {
        if (days < 1 || days > MOST_DAYS) {
            throw new IllegalArgumentException("days: %d (expected: 1 to %d)".formatted(days, MOST_DAYS));
        }
        var now = OffsetDateTime.now(clock);
        var period = CountedPeriod.around(now.minusDays(days), now, now);
        var denied = calls(Subject.RULE, period);
        var observed = calls(Subject.OBSERVED_RULE, period);
        var items = Stream.concat(denied.keySet().stream(), observed.keySet().stream())
                .distinct()
                .map(rule -> new RuleHits.Hits(rule, denied.getOrDefault(rule, 0L), observed.getOrDefault(rule, 0L)))
                .sorted(Comparator.comparingLong(RuleHits.Hits::all).reversed().thenComparing(RuleHits.Hits::rule))
                .toList();
        return new RuleHits(period.from().toInstant(), period.to().toInstant(), counts.waiting() == 0, items);
    }

    private Map<String, Long> calls(Subject subject, CountedPeriod period) {
        return counts.top(subject, period, List.of(), List.of(), MOST_NAMES).stream()
                .collect(toMap(NamedCount::name, NamedCount::calls));
    }
}

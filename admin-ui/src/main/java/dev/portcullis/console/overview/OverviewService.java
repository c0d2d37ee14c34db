package dev.portcullis.console.overview;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.counts.CountedPeriod;
import dev.portcullis.console.counts.Latencies;
import dev.portcullis.console.counts.NamedCount;
import dev.portcullis.console.counts.Subject;
import dev.portcullis.console.counts.query.CallCountQuery;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Tells how the gateway is doing, without reading the trail.
@Service
@RolesAllowed(Roles.VIEWER)
public class OverviewService {
    private final CallCountQuery counts;
    private final NeedsAttention attention;
    private final Clock clock;

    OverviewService(CallCountQuery counts, NeedsAttention attention, Clock clock) {
        this.counts = counts;
        this.attention = attention;
        this.clock = clock;
    }

    /// Of the period `[from, to)`, which is made longer to begin and end where counts do.
    ///
    /// @throws IllegalArgumentException when `to` is not behind `from`, or the period is too long
    public Overview overview(OffsetDateTime from, OffsetDateTime to) {
        var period = CountedPeriod.around(from, to, OffsetDateTime.now(clock));
        var outcomes = counts.series(period);
        var latencies = counts.latencies(period);
        return new Overview(
                period.from(),
                period.to(),
                period.step().toString(),
                Overview.Numbers.of(
                        sum(outcomes), latencies.values().stream().reduce(Latencies.none(), Latencies::plus)),
                Overview.series(period, outcomes, latencies),
                top(Subject.TOOL, period),
                top(Subject.CALLER, period),
                top(Subject.RULE, period),
                counts.waiting(),
                counts.isBegun(),
                attention.now());
    }

    private List<NamedCount> top(Subject subject, CountedPeriod period) {
        return counts.top(
                subject, period, OutcomeGroup.REFUSALS.outcomes(), OutcomeGroup.ERRORS.outcomes(), Overview.TOP);
    }

    private static Map<String, Long> sum(Map<OffsetDateTime, Map<String, Long>> series) {
        var sum = new HashMap<String, Long>();
        series.values().forEach(step -> step.forEach((outcome, calls) -> sum.merge(outcome, calls, Long::sum)));
        return sum;
    }
}

package dev.portcullis.console.policy;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.policy.query.RuleHitQuery;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.time.Clock;
import java.time.Duration;

/// Tells how often rules have refused lately.
@Service
public class RuleHitService {
    public static final int MOST_DAYS = 31;

    /// Counting so many takes a fraction of a second.
    static final int MOST_RECORDS = 100_000;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RuleHitQuery query;
    private final Clock clock;

    RuleHitService(RuleHitQuery query, Clock clock) {
        this.query = query;
        this.clock = clock;
    }

    /// @param days how far back, 1 to 31
    /// @throws IllegalArgumentException when that is too few or too many
    @RolesAllowed(Roles.VIEWER)
    public RuleHits hits(int days) {
        if (days < 1 || days > MOST_DAYS) {
            throw new IllegalArgumentException("days: %d (expected: 1 to %d)".formatted(days, MOST_DAYS));
        }
        var now = clock.instant().atOffset(java.time.ZoneOffset.UTC);
        return query.hits(now.minusDays(days), now, MOST_RECORDS, PATIENCE);
    }
}

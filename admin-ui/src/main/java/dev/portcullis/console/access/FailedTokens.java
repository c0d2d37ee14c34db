package dev.portcullis.console.access;

import dev.portcullis.console.access.query.AdminTokenQuery;
import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import jakarta.annotation.PreDestroy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Records who shows tokens that are not good, in a way that nobody can fill the table with: somebody new is recorded
/// at once, and whoever goes on is counted, and recorded once a minute.
///
/// At most [#MOST] are told apart; all others are one. Safe for threads.
@Component
public class FailedTokens {
    static final int MOST = 20;
    static final String NOBODY = "unknown";

    private static final Logger LOG = LoggerFactory.getLogger(FailedTokens.class);
    private static final Attempt OTHERS = new Attempt(Optional.empty(), "others");

    private final AdminEventStore events;
    private final AdminTokenQuery tokens;

    /// How many are not recorded yet, of those whom this minute has seen.
    private final Map<Attempt, Long> unrecorded = new HashMap<>();

    public FailedTokens(AdminEventStore events, AdminTokenQuery tokens) {
        this.events = events;
        this.tokens = tokens;
    }

    /// What attempts have in common. The token itself is not kept: it may be a secret of something else.
    ///
    /// @param revoked the name of the token, when it was good once
    private record Attempt(Optional<String> revoked, String address) {}

    /// Notes that somebody has shown a token that is not good.
    public void note(AdminToken token, String address) {
        var attempt = new Attempt(tokens.revoked(token), address);
        var counted = count(attempt);
        if (counted.isNew()) {
            record(counted.as(), 1);
        }
    }

    /// Records those that were only counted.
    @PreDestroy
    @Scheduled(fixedDelay = 1, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
    public void recordCounted() {
        counted().forEach((attempt, times) -> {
            try {
                record(attempt, times);
            } catch (RuntimeException e) {
                LOG.atWarn().setCause(e).log("refused tokens cannot be recorded now");
            }
        });
    }

    private record Counted(Attempt as, boolean isNew) {}

    private synchronized Counted count(Attempt attempt) {
        var as = unrecorded.containsKey(attempt) || unrecorded.size() < MOST ? attempt : OTHERS;
        var isNew = !unrecorded.containsKey(as);
        unrecorded.merge(as, 1L, Long::sum);
        return new Counted(as, isNew);
    }

    /// Whoever was silent for a minute is new the next time.
    private synchronized Map<Attempt, Long> counted() {
        unrecorded.values().removeIf(times -> times <= 0);
        return Map.copyOf(unrecorded);
    }

    private void record(Attempt attempt, long times) {
        var event = AdminEvent.of(NOBODY, AdminEvent.ADMIN_TOKEN_FAILED)
                .with(Map.of("address", attempt.address(), "times", Long.toString(times)));
        events.append(attempt.revoked().map(event::about).orElse(event));
        recorded(attempt, times);
    }

    private synchronized void recorded(Attempt attempt, long times) {
        unrecorded.computeIfPresent(attempt, (_, counted) -> counted - times);
    }
}

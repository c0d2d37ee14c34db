package dev.portcullis.proxy.audit;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Exchanges of which not even the refusal finds room in the trail: they are counted, and have one record together.
///
/// Safe for use by several threads.
final class TurnedAway {
    private static final String REFUSAL = "not_recordable";
    private static final int HTTP_STATUS = 503;

    private @Nullable Run run;

    /// @param first names the record, so that whoever was told of it finds it
    private record Run(UUID first, Instant from, Instant to, long exchanges) {
        Run with(Instant at) {
            return new Run(first, from, at.isAfter(to) ? at : to, exchanges + 1);
        }
    }

    /// Counts one more.
    synchronized void count(UUID exchange, Instant at) {
        run = run == null ? new Run(exchange, at, at, 1) : run.with(at);
    }

    /// The record of all that are counted and in no record yet; empty when there are none.
    synchronized Optional<AuditRecord> take() {
        var counted = run;
        run = null;
        return Optional.ofNullable(counted)
                .map(all -> AuditRecord.together(all.first, all.from, all.to, all.exchanges, REFUSAL, HTTP_STATUS));
    }
}

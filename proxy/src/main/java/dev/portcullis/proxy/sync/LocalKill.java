package dev.portcullis.proxy.sync;

import dev.portcullis.policy.Kill;

import java.time.Instant;
import java.util.Optional;

/// A kill that was engaged on this replica alone.
///
/// @param engagedAt when
/// @param reported whether the database has it
/// @param release how it ended, until the database knows that too
public record LocalKill(Kill kill, Instant engagedAt, boolean reported, Optional<Release> release) {

    /// Somebody let it go on.
    public record Release(Instant at, Optional<String> reason) {}

    static LocalKill engaged(Kill kill, Instant at) {
        return new LocalKill(kill, at, false, Optional.empty());
    }

    LocalKill withReported(boolean known) {
        return new LocalKill(kill, engagedAt, known, release);
    }

    LocalKill released(Release end) {
        return new LocalKill(kill, engagedAt, reported, Optional.of(end));
    }

    /// Whether it stops anything, apart from its end.
    boolean isEngaged() {
        return release.isEmpty();
    }
}

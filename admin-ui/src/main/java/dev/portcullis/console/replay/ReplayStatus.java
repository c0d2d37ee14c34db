package dev.portcullis.console.replay;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A replay, and what it has found so far.
///
/// @param state `running`, `finished`, `cancelled` or `failed`
/// @param until where it stopped because it was to read no more records; absent when it read all
/// @param seconds how long it has taken
/// @param reason why it failed
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ReplayStatus(
        UUID id,
        String state,
        Instant from,
        Instant to,
        String policy,
        String baseline,
        boolean complete,
        Optional<Instant> until,
        double seconds,
        Optional<String> reason,
        ReplayFindings findings) {
    static final String RUNNING = "running";

    public boolean isRunning() {
        return state.equals(RUNNING);
    }
}

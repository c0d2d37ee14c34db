package dev.portcullis.console.sinks;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.time.OffsetDateTime;
import java.util.Optional;

/// How a sink is doing, whichever console works for it.
///
/// @param acknowledged how many records its receiver has acknowledged, repetitions included
/// @param waiting how many records are still to be sent
/// @param oldestWaiting when the oldest of them was recorded
/// @param failingSince since when nothing could be sent; absent when all is well
/// @param lastError what happened the last time that something could not be sent; absent when all is well
public record SinkStatus(
        String name,
        String type,
        String receiver,
        String only,
        boolean arguments,
        OffsetDateTime knownSince,
        long acknowledged,
        Optional<OffsetDateTime> acknowledgedAt,
        long waiting,
        Optional<OffsetDateTime> oldestWaiting,
        Optional<OffsetDateTime> failingSince,
        Optional<String> lastError) {

    /// Whether its receiver takes what it is sent.
    @JsonProperty("healthy")
    public boolean isHealthy() {
        return failingSince.isEmpty();
    }
}

package dev.portcullis.proxy.config;

import dev.portcullis.configuration.Secret;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// How the records of this replica are made tamper-evident.
///
/// @param key the file of the key that signs checkpoints, made when it is missing; without one, each start makes a
///     key that is kept in memory alone
/// @param interval how long a record waits for a checkpoint at most
/// @param records how many records one checkpoint is for at most, about
/// @param anchorFile where each checkpoint is also kept, out of the database's reach
/// @param webhook where each checkpoint is also posted
/// @param webhookToken shown there as a bearer token
public record ChainSettings(
        Optional<Path> key,
        Duration interval,
        int records,
        Optional<Path> anchorFile,
        Optional<URI> webhook,
        Optional<Secret> webhookToken) {
    static final Range<Duration> INTERVAL = new Range<>(Duration.ofSeconds(1), Duration.ofHours(1));
    static final Range<Integer> RECORDS = new Range<>(1, 10_000_000);

    public ChainSettings {
        INTERVAL.check("interval", interval);
        RECORDS.check("records", records);
    }

    public static ChainSettings defaults() {
        return new ChainSettings(
                Optional.empty(), Duration.ofMinutes(1), 10_000, Optional.empty(), Optional.empty(), Optional.empty());
    }
}

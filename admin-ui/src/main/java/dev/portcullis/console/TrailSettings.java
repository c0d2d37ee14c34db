package dev.portcullis.console;

import dev.portcullis.configuration.Settings;
import dev.portcullis.console.sinks.SinkConfiguration;
import dev.portcullis.console.sinks.SinkSettings;
import dev.portcullis.console.storage.StorageSettings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What becomes of the audit trail.
///
/// @param storage how it is kept
/// @param signingKey the file of the key that signs what the console says of it, made when it is missing; without one,
///     each start makes a key that is kept in memory alone
/// @param sinks where it is sent to
public record TrailSettings(StorageSettings storage, Optional<Path> signingKey, List<SinkSettings> sinks) {
    public TrailSettings {
        sinks = List.copyOf(sinks);
    }

    /// Reads the sections `audit` and `sinks`.
    ///
    /// @param console the section `console`
    public static TrailSettings from(Settings console) {
        return new TrailSettings(
                StorageSettings.from(console),
                console.section("audit").file("key"),
                SinkConfiguration.read(console.section("sinks")));
    }

    /// The same, signed with another key.
    public TrailSettings signedWith(Path key) {
        return new TrailSettings(storage, Optional.of(key), sinks);
    }

    /// Kept as usual, signed with a key in memory, sent to nobody.
    public static TrailSettings usual() {
        return of(StorageSettings.usual());
    }

    /// The same, kept otherwise.
    public static TrailSettings of(StorageSettings storage) {
        return new TrailSettings(storage, Optional.empty(), List.of());
    }
}

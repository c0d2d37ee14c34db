package dev.portcullis.standalone.command;

import dev.portcullis.configuration.ConfigurationFile;
import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.ledger.DatabaseTrail;
import dev.portcullis.ledger.Trail;
import dev.portcullis.standalone.database.DatabaseConnections;
import dev.portcullis.standalone.postgres.EmbeddedPostgres;
import dev.portcullis.standalone.postgres.PostgresException;
import dev.portcullis.standalone.process.CannotStart;
import dev.portcullis.standalone.up.DataFolder;
import dev.portcullis.standalone.up.FolderLock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.sql.DataSource;

/// Which database a command about the audit trail reads: that of a configuration file, or that of a
/// `portcullis up`, which may run.
final class AuditSource {
    @Option(names = "--config", paramLabel = "FILE", description = "The configuration that names the database.")
    private @Nullable Path configuration;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder of a `portcullis up`, running or not (.portcullis).")
    private @Nullable Path data;

    /// What is done with a trail.
    interface Task {
        /// @param database where it is
        int with(Trail trail, DataSource database) throws IOException;
    }

    boolean isGiven() {
        return configuration != null || data != null;
    }

    /// The data folder, given or not.
    DataFolder folder() {
        return data == null ? DataFolder.standard() : DataFolder.at(data);
    }

    /// @throws CannotStart when there is no such database
    int read(Task task) throws IOException {
        if (configuration != null && data != null) {
            throw new CannotStart("--config and --data are two places: choose one.");
        }
        if (configuration != null) {
            var file = ConfigurationFile.load(configuration, System.getenv());
            return read(file.read(DatabaseSettings::from), task);
        }
        var folder = folder();
        if (!Files.isDirectory(folder.postgres())) {
            throw new CannotStart("There is no installation in " + folder.root()
                    + ": choose its folder with --data, or a configuration with --config.");
        }
        try {
            var running = EmbeddedPostgres.running(folder.postgres());
            return running.isPresent() ? read(running.get(), task) : started(folder, task);
        } catch (PostgresException e) {
            throw new CannotStart(String.valueOf(e.getMessage()), e);
        }
    }

    /// Starts the database for as long as it is read.
    private static int started(DataFolder folder, Task task) throws IOException {
        try (var _ = FolderLock.acquire(folder);
                var postgres = EmbeddedPostgres.start(folder.postgres())) {
            return read(postgres.settings(), task);
        }
    }

    private static int read(DatabaseSettings settings, Task task) throws IOException {
        try (var connections = DatabaseConnections.openForLongWork(settings)) {
            connections.checkMigrated();
            return task.with(new DatabaseTrail(connections.dataSource()), connections.dataSource());
        }
    }
}

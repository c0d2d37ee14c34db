package dev.portcullis.standalone.command;

import dev.portcullis.configuration.ConfigurationFile;
import dev.portcullis.configuration.Settings;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.function.Function;

/// `--config FILE`, which the servers of a larger installation are told.
final class ConfigurationOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "The configuration file; config/portcullis.yaml documents one.")
    private Path file = Path.of("");

    /// @throws dev.portcullis.configuration.ConfigurationException with everything that is wrong
    <T> T read(Function<Settings, T> reader) {
        return ConfigurationFile.load(file, System.getenv()).read(reader);
    }
}

package dev.portcullis.configuration;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// One YAML 1.2 file with everything an installation can set.
///
/// - `${NAME}` and `${NAME:-default}` in a value are replaced from the environment; `$${` is a plain
///   `${`.
/// - A secret may be `file:PATH`; a relative path starts at the configuration file's folder.
/// - Every key can be overridden by the environment variable `PORTCULLIS_` + the key's path in upper
///   snake case, where a capital letter starts a new word: `proxy.publishedOnLoopback` is
///   `PORTCULLIS_PROXY_PUBLISHED_ON_LOOPBACK`. A list is given separated by commas. An empty variable
///   counts as not set.
///
/// Each command reads the sections it needs with [#read]. Sections it does not open are not looked at,
/// so that one file serves all commands; unknown keys at the top, and in sections that were opened, are
/// errors.
public final class ConfigurationFile {
    private static final Set<String> TOP_LEVEL =
            Set.of("database", "secrets", "policy", "replica", "proxy", "management", "console");

    private final String name;
    private final Path folder;
    private final Optional<MappingNode> root;
    private final Map<String, String> environment;

    private ConfigurationFile(String name, Path folder, Optional<MappingNode> root, Map<String, String> environment) {
        this.name = name;
        this.folder = folder;
        this.root = root;
        this.environment = Map.copyOf(environment);
    }

    /// Reads the file's form; what it says is checked by [#read].
    ///
    /// @throws ConfigurationException when it cannot be read or is not a YAML mapping
    public static ConfigurationFile load(Path file, Map<String, String> environment) {
        var absolute = file.toAbsolutePath();
        var folder = Optional.ofNullable(absolute.getParent()).orElse(absolute);
        return parse(file.toString(), folder, text(file), environment);
    }

    /// The same for a text that is in memory.
    ///
    /// @throws ConfigurationException when it is not a YAML mapping
    public static ConfigurationFile parse(String text, Map<String, String> environment) {
        return parse("configuration", Path.of("").toAbsolutePath(), text, environment);
    }

    /// Hands the whole file to `reader` and returns what it made of it.
    ///
    /// @throws ConfigurationException with everything that is wrong in what the reader looked at
    public <T> T read(Function<Settings, T> reader) {
        var reading = new Reading(folder, environment);
        var settings = Settings.root(root, reading);
        Optional<T> result = Optional.empty();
        Optional<RuntimeException> failure = Optional.empty();
        try {
            result = Optional.of(reader.apply(settings));
        } catch (IllegalArgumentException | NullPointerException e) {
            // A record refused one of the stand-ins that wrong keys were read as, or two good keys that do not go
            // together.
            failure = Optional.of(e);
        }
        reading.reportUnknownKeys(TOP_LEVEL);
        if (!reading.problems().isEmpty()) {
            throw new ConfigurationException(name, reading.problems());
        }
        failure.ifPresent(e -> {
            throw new ConfigurationException(name + ": " + e.getMessage(), e);
        });
        return result.orElseThrow();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ConfigurationException("There is no configuration file " + file + ".", e);
        } catch (CharacterCodingException e) {
            throw new ConfigurationException("The configuration file " + file + " is not UTF-8.", e);
        } catch (IOException e) {
            throw new ConfigurationException("The configuration file " + file + " cannot be read: " + e + ".", e);
        }
    }

    private static ConfigurationFile parse(String name, Path folder, String text, Map<String, String> environment) {
        try {
            var settings = LoadSettings.builder()
                    .setLabel(name)
                    .setSchema(new CoreSchema())
                    .setAllowNonScalarKeys(true)
                    .build();
            var node = new Compose(settings)
                    .composeString(text)
                    .filter(root -> !root.getTag().equals(Tag.NULL));
            return new ConfigurationFile(name, folder, node.map(root -> mapping(name, root)), environment);
        } catch (MarkedYamlEngineException e) {
            var line = e.getProblemMark()
                    .map(mark -> "line " + (mark.getLine() + 1))
                    .orElse("");
            throw unreadable(name, line, e.getProblem());
        } catch (YamlEngineException e) {
            throw unreadable(name, "", String.valueOf(e.getMessage()));
        }
    }

    private static MappingNode mapping(String name, Node root) {
        var duplicates = new ArrayList<ConfigurationProblem>();
        if (root instanceof MappingNode mapping) {
            DuplicateKeys.find("", mapping, duplicates);
            if (duplicates.isEmpty()) {
                return mapping;
            }
            throw new ConfigurationException(name, duplicates);
        }
        throw unreadable(name, "line 1", "not a mapping of keys to values");
    }

    private static ConfigurationException unreadable(String name, String where, String found) {
        return new ConfigurationException(
                name, List.of(new ConfigurationProblem("", where, found, "a YAML mapping", Optional.empty())));
    }
}

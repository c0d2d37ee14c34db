package dev.portcullis.standalone.doctor;

import dev.portcullis.configuration.Secret;
import dev.portcullis.proxy.audit.SecretNames;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/// The secrets that can be known here, so that they are found also where nobody would expect them. What
/// cannot be read is passed over: it is not going to be in the archive either.
public final class KnownSecrets {
    private static final String FILE = "file:";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");
    private static final long LARGEST_FILE = 64 * 1024;

    private final Map<String, String> environment;
    private final List<Secret> secrets = new ArrayList<>();

    /// Knows the variables whose names are those of secrets.
    public KnownSecrets(Map<String, String> environment) {
        this.environment = environment;
        environment.forEach((name, value) -> {
            if (SecretNames.matches(name)) {
                secrets.add(new Secret(value));
            }
        });
    }

    public void add(Secret secret) {
        secrets.add(secret);
    }

    /// A file that holds nothing but a secret.
    public void addFile(Path file) {
        try {
            if (Files.isRegularFile(file) && Files.size(file) <= LARGEST_FILE) {
                secrets.add(new Secret(Files.readString(file).strip()));
            }
        } catch (IOException e) {
            // It cannot be read here.
        }
    }

    /// Those of a configuration, and of the files and variables that it refers to.
    ///
    /// @param folder where the names of its files begin
    public void addConfiguration(String text, Path folder) {
        try {
            addTree(new Load(LoadSettings.builder().build()).loadFromString(text), folder, false);
        } catch (YamlEngineException e) {
            // Nor can it be shown.
        }
    }

    public Collection<Secret> all() {
        return List.copyOf(secrets);
    }

    private void addTree(@Nullable Object tree, Path folder, boolean isSecret) {
        switch (tree) {
            case Map<?, ?> map ->
                map.forEach(
                        (key, value) -> addTree(value, folder, isSecret || SecretNames.matches(String.valueOf(key))));
            case Collection<?> list -> list.forEach(one -> addTree(one, folder, isSecret));
            case null -> {}
            default -> {
                if (isSecret) {
                    addValue(tree.toString(), folder);
                }
            }
        }
    }

    private void addValue(String value, Path folder) {
        if (value.startsWith(FILE)) {
            try {
                addFile(folder.resolve(value.substring(FILE.length())));
            } catch (InvalidPathException e) {
                secrets.add(new Secret(value));
            }
            return;
        }
        secrets.add(new Secret(value));
        PLACEHOLDER.matcher(value).results().forEach(found -> {
            secrets.add(new Secret(Objects.requireNonNullElse(found.group(2), "")));
            secrets.add(new Secret(environment.getOrDefault(found.group(1), "")));
        });
    }
}

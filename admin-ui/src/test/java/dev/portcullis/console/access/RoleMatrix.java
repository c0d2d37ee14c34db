package dev.portcullis.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The documented matrix, written beside the annotations and independently of them: what each role implies, and which
/// roles a thing needs at least.
///
/// @param needed by the name of the thing, in the file's order of names
record RoleMatrix(Map<String, Set<String>> needed) {
    /// Nobody has signed in and no token was shown.
    static final String NOBODY = "NOBODY";

    private static final Map<String, Set<String>> HAS = Map.of(
            NOBODY,
            Set.of(),
            "VIEWER",
            Set.of("VIEWER"),
            "AUDITOR",
            Set.of("AUDITOR", "VIEWER"),
            "EDITOR",
            Set.of("EDITOR", "VIEWER"),
            "APPROVER",
            Set.of("APPROVER", "VIEWER"),
            "ADMIN",
            Set.of("ADMIN", "EDITOR", "APPROVER", "VIEWER"),
            "BUNDLES",
            Set.of("BUNDLES"),
            "PUBLISHER",
            Set.of("PUBLISHER"));

    /// Reads lines of a name, spaces, and roles with commas between them.
    static RoleMatrix read(String resource) {
        var needed = new TreeMap<String, Set<String>>();
        try (var lines = RoleMatrix.class.getResourceAsStream(resource)) {
            assertThat(lines).as(resource).isNotNull();
            new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        var parts = line.split("\\s{2,}");
                        assertThat(parts).as(line).hasSize(2);
                        assertThat(needed.put(parts[0], Set.of(parts[1].split(", "))))
                                .as("twice: " + line)
                                .isNull();
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RoleMatrix(needed);
    }

    /// Everybody there is.
    static List<String> everybody() {
        return HAS.keySet().stream().sorted().toList();
    }

    /// Who may have a thing.
    Set<String> allowed(String name) {
        var allowed = new TreeSet<String>();
        HAS.forEach((role, has) -> {
            if (has.stream().anyMatch(needed.get(name)::contains)) {
                allowed.add(role);
            }
        });
        return allowed;
    }
}

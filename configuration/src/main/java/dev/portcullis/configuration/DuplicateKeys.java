package dev.portcullis.configuration;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Finds keys that stand twice in one mapping: of two values, nobody can say which one was meant.
final class DuplicateKeys {
    private DuplicateKeys() {}

    /// Adds a problem to `problems` for each, in all depths.
    static void find(String path, MappingNode mapping, List<ConfigurationProblem> problems) {
        var seen = new HashSet<String>();
        for (var entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                problems.add(new ConfigurationProblem(
                        path,
                        Reading.line(entry.getKeyNode()),
                        "a key that is not a word",
                        "a word",
                        Optional.empty()));
                continue;
            }
            var keyPath = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
            if (!seen.add(key.getValue())) {
                problems.add(new ConfigurationProblem(
                        keyPath, Reading.line(key), "a second time", "each key once", Optional.empty()));
            }
            if (entry.getValueNode() instanceof MappingNode nested) {
                find(keyPath, nested, problems);
            }
        }
    }
}

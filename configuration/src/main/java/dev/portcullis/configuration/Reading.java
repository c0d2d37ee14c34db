package dev.portcullis.configuration;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What one reading of a file has found so far: which keys were asked for, and what was wrong. One
/// thread.
final class Reading {
    private final Path folder;
    private final Map<String, String> environment;
    private final List<ConfigurationProblem> problems = new ArrayList<>();
    private final Map<String, OpenedSection> opened = new LinkedHashMap<>();

    private record OpenedSection(Optional<MappingNode> node, Set<String> askedFor) {}

    Reading(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /// Where relative paths of `file:` secrets start.
    Path folder() {
        return folder;
    }

    Map<String, String> environment() {
        return environment;
    }

    List<ConfigurationProblem> problems() {
        return problems;
    }

    void report(ConfigurationProblem problem) {
        problems.add(problem);
    }

    /// Notes that a section is looked at.
    ///
    /// @return where to note the keys that are asked for
    Set<String> open(String path, Optional<MappingNode> node) {
        return opened.computeIfAbsent(path, ignored -> new OpenedSection(node, new TreeSet<>()))
                .askedFor();
    }

    /// Reports every key of an opened section that nobody asked for; `topLevel` are known at the top in
    /// any case.
    void reportUnknownKeys(Set<String> topLevel) {
        opened.forEach((path, section) -> {
            var known = new TreeSet<>(section.askedFor());
            if (path.isEmpty()) {
                known.addAll(topLevel);
            }
            section.node().ifPresent(node -> reportUnknownKeys(path, node, known));
        });
    }

    private void reportUnknownKeys(String section, MappingNode node, Set<String> known) {
        for (var entry : node.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode key && !known.contains(key.getValue())) {
                var path = section.isEmpty() ? key.getValue() : section + "." + key.getValue();
                report(new ConfigurationProblem(
                        path,
                        line(key),
                        "unknown key",
                        known.isEmpty() ? "no keys here" : String.join(", ", known),
                        Suggestion.nearest(key.getValue(), known)));
            }
        }
    }

    static String line(Node node) {
        return node.getStartMark().map(mark -> "line " + (mark.getLine() + 1)).orElse("");
    }
}

package dev.portcullis.standalone.client;

import dev.portcullis.policy.rego.RegoModule;
import dev.portcullis.policy.rego.RegoModules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What has to change in one set of modules to get another, module by module.
public final class ModulesDiff {
    private ModulesDiff() {}

    /// Nothing when both are the same.
    public static List<String> between(RegoModules before, RegoModules after) {
        var old = sources(before);
        var current = sources(after);
        var paths = new TreeSet<>(old.keySet());
        paths.addAll(current.keySet());
        var lines = new ArrayList<String>();
        for (var path : paths) {
            var changes = LineDiff.between(old.getOrDefault(path, ""), current.getOrDefault(path, ""));
            if (!changes.isEmpty()) {
                lines.add("@ " + path);
                lines.addAll(changes);
            }
        }
        return lines;
    }

    private static Map<String, String> sources(RegoModules modules) {
        return modules.modules().stream().collect(Collectors.toMap(RegoModule::path, RegoModule::source));
    }
}

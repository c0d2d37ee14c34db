package dev.portcullis.policy.document;

import dev.portcullis.policy.profile.ToolClass;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads the reviewed classifications of tools.
final class ToolsReader {
    static final Map<String, ToolClass> CLASSES =
            Arrays.stream(ToolClass.values()).collect(Collectors.toMap(ToolClass::wireName, Function.identity()));

    private ToolsReader() {}

    static Map<String, Map<String, ToolClass>> tools(Place place, Set<String> routes) {
        var reviewed = new LinkedHashMap<String, Map<String, ToolClass>>();
        place.entries("a mapping from route names to tools").forEach((route, tools) -> {
            if (!routes.contains(route)) {
                tools.problem(route, "the name of a route of this document", Suggestion.of(route, routes));
            }
            reviewed.put(route, classes(tools));
        });
        return reviewed;
    }

    private static Map<String, ToolClass> classes(Place place) {
        var classes = new LinkedHashMap<String, ToolClass>();
        place.entries("a mapping from tool names to classes").forEach((name, tool) -> {
            if (!Names.TOOL.accepts(name)) {
                tool.problem(name, Names.TOOL.expected(), Names.TOOL.nearest(name));
            }
            toolClass(tool).ifPresent(read -> classes.put(name, read));
        });
        return classes;
    }

    private static Optional<ToolClass> toolClass(Place place) {
        return place.fields("a reviewed tool", List.of("class"), List.of("definition"))
                .flatMap(fields -> fields.required("class", "one of " + String.join(", ", CLASSES.keySet())))
                .flatMap(word -> word.oneOf(CLASSES));
    }
}

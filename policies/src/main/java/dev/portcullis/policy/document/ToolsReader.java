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

/// Reads what was decided about tools.
final class ToolsReader {
    static final Map<String, ToolClass> CLASSES =
            Arrays.stream(ToolClass.values()).collect(Collectors.toMap(ToolClass::wireName, Function.identity()));

    private ToolsReader() {}

    static Map<String, Map<String, ReviewedTool>> tools(Place place, Set<String> routes) {
        var reviewed = new LinkedHashMap<String, Map<String, ReviewedTool>>();
        place.entries("a mapping from route names to tools").forEach((route, tools) -> {
            if (!routes.contains(route)) {
                tools.problem(route, "the name of a route of this document", Suggestion.of(route, routes));
            }
            reviewed.put(route, tools(tools));
        });
        return reviewed;
    }

    private static Map<String, ReviewedTool> tools(Place place) {
        var tools = new LinkedHashMap<String, ReviewedTool>();
        place.entries("a mapping from tool names to what was decided about them")
                .forEach((name, tool) -> {
                    if (!Names.TOOL.accepts(name)) {
                        tool.problem(name, Names.TOOL.expected(), Names.TOOL.nearest(name));
                    }
                    tool(tool).ifPresent(read -> tools.put(name, read));
                });
        return tools;
    }

    private static Optional<ReviewedTool> tool(Place place) {
        return place.fields("a reviewed tool", List.of("class", "definition")).flatMap(fields -> {
            var definition = fields.optional("definition").flatMap(text -> text.text(Names.DEFINITION));
            return fields.required("class", "one of " + String.join(", ", CLASSES.keySet()))
                    .flatMap(word -> word.oneOf(CLASSES))
                    .map(toolClass -> new ReviewedTool(toolClass, definition));
        });
    }
}

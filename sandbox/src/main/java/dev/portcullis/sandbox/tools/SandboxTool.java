package dev.portcullis.sandbox.tools;

import dev.portcullis.sandbox.catalogue.JsonObject;
import io.modelcontextprotocol.spec.McpSchema.Tool;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/// A tool: what clients see of it, what kind it is, and what it does with a call.
///
/// @param handler runs inside the catalogue's transaction and returns the result's document
/// @param pages how many pages of progress the result of a call takes to come; nearly always none
record SandboxTool(
        Tool definition, ToolKind kind, Function<ToolCall, JsonObject> handler, ToIntFunction<ToolCall> pages) {

    static SandboxTool of(
            ToolKind kind,
            String name,
            String description,
            List<Parameter> parameters,
            Function<ToolCall, JsonObject> handler) {
        var title = title(name);
        var definition = Tool.builder(name, Parameter.schema(parameters).fields())
                .title(title)
                .description(description)
                .annotations(kind.annotations(title))
                .build();
        return new SandboxTool(definition, kind, handler, call -> 0);
    }

    SandboxTool paged(ToIntFunction<ToolCall> count) {
        return new SandboxTool(definition, kind, handler, count);
    }

    private static String title(String name) {
        var words = name.replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}

package dev.portcullis.sandbox.tools;

import dev.portcullis.sandbox.catalogue.JsonObject;

/// One call of a tool: arguments that fit the tool's schema, and the request's control headers.
record ToolCall(JsonObject arguments, ControlHeaders headers) {

    /// An argument that the schema requires.
    String text(String name) {
        return arguments.text(name, "");
    }
}

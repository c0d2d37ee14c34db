package dev.portcullis.sandbox.catalogue;

import io.modelcontextprotocol.json.McpJsonDefaults;

import java.util.List;
import java.util.Set;

/// Checks values against the JSON Schemas that the catalogue itself holds: blueprints' properties,
/// actions' inputs.
final class SchemaCheck {

    /// What of a property's definition is JSON Schema; the rest (`icon`, `blueprint`, `order`) is
    /// Port's own.
    private static final Set<String> KEYWORDS = Set.of(
            "type",
            "enum",
            "items",
            "format",
            "pattern",
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "minItems",
            "maxItems",
            "properties",
            "required");

    private SchemaCheck() {}

    /// Fails unless the value has exactly the properties that the schema allows, with their types.
    ///
    /// @param what the value's name in the message, for instance `properties of action
    ///     'deploy_service'`
    /// @param schema an object with `properties` and perhaps `required`, as blueprints and actions have
    ///     it
    static void require(String what, JsonObject schema, JsonObject value) {
        var answer =
                McpJsonDefaults.getSchemaValidator().validate(closed(schema).fields(), value.fields());
        if (!answer.valid()) {
            throw new ToolFailure("Invalid %s: %s. Accepted: %s"
                    .formatted(what, answer.errorMessage(), String.join(", ", names(schema))));
        }
    }

    private static JsonObject closed(JsonObject schema) {
        var properties = JsonObject.EMPTY;
        for (var name : schema.object("properties").fields().keySet()) {
            properties =
                    properties.with(name, standard(schema.object("properties").object(name)));
        }
        return JsonObject.of("type", "object")
                .with("properties", properties)
                .with("required", schema.texts("required"))
                .with("additionalProperties", false);
    }

    private static JsonObject standard(JsonObject property) {
        var standard = JsonObject.EMPTY;
        for (var keyword : KEYWORDS) {
            var value = property.value(keyword);
            // "entity", "user" and the like are Port's formats, which no validator knows.
            if (value.isPresent() && !value.get().equals("entity")) {
                standard = standard.with(keyword, value.get());
            }
        }
        return standard;
    }

    private static Iterable<String> names(JsonObject schema) {
        var names = schema.object("properties").fields().keySet();
        return names.isEmpty() ? List.of("none") : names;
    }
}

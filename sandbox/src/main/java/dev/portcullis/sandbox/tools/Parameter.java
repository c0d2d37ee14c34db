package dev.portcullis.sandbox.tools;

import dev.portcullis.sandbox.catalogue.JsonObject;

import java.util.List;

/// One argument of a tool: its name, its JSON Schema, and whether a call must have it.
record Parameter(String name, JsonObject schema, boolean isRequired) {

    static Parameter text(String name, String description) {
        return typed(name, "string", description);
    }

    static Parameter choice(String name, String description, String... values) {
        return text(name, description).with("enum", List.of(values));
    }

    static Parameter texts(String name, String description) {
        return typed(name, "array", description).with("items", JsonObject.of("type", "string"));
    }

    static Parameter flag(String name, boolean otherwise, String description) {
        return typed(name, "boolean", description).with("default", otherwise);
    }

    static Parameter number(String name, int least, int most, int otherwise, String description) {
        return typed(name, "integer", description)
                .with("minimum", least)
                .with("maximum", most)
                .with("default", otherwise);
    }

    static Parameter object(String name, String description) {
        return typed(name, "object", description);
    }

    /// A free object of which these members are known.
    static Parameter object(String name, String description, Parameter... members) {
        var schema = schema(List.of(members)).with("description", description);
        return new Parameter(name, schema, false);
    }

    static Parameter objects(String name, String description) {
        return typed(name, "array", description).with("items", JsonObject.of("type", "object"));
    }

    Parameter required() {
        return new Parameter(name, schema, true);
    }

    Parameter with(String keyword, Object value) {
        return new Parameter(name, schema.with(keyword, value), isRequired);
    }

    /// The schema of an object with these members.
    static JsonObject schema(List<Parameter> members) {
        var properties = JsonObject.EMPTY;
        for (var member : members) {
            properties = properties.with(member.name, member.schema);
        }
        var schema = JsonObject.of("type", "object").with("properties", properties);
        var required = members.stream()
                .filter(Parameter::isRequired)
                .map(Parameter::name)
                .toList();
        return required.isEmpty() ? schema : schema.with("required", required);
    }

    private static Parameter typed(String name, String type, String description) {
        return new Parameter(name, JsonObject.of("type", type).with("description", description), false);
    }
}

package dev.portcullis.sandbox.tools;

import dev.portcullis.sandbox.catalogue.Catalogue;
import dev.portcullis.sandbox.catalogue.JsonObject;

import java.util.List;

/// The data model: blueprints.
final class BlueprintTools implements ToolFamily {

    private final Catalogue catalogue;

    BlueprintTools(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public List<SandboxTool> tools() {
        return List.of(
                SandboxTool.of(
                        ToolKind.READ,
                        "list_blueprints",
                        "Lists blueprints. Without identifiers: summaries of all; with identifiers: their full schemas.",
                        List.of(Parameter.texts("identifiers", "Blueprints to show in full")),
                        this::list),
                SandboxTool.of(
                        ToolKind.WRITE,
                        "upsert_blueprint",
                        "Creates a blueprint, or replaces the definition of the one with this identifier.",
                        List.of(
                                Parameter.text("identifier", "Unique identifier")
                                        .required()
                                        .with("minLength", 1),
                                Parameter.text("title", "Name shown to people"),
                                Parameter.text("icon", "Name of an icon"),
                                Parameter.text("description", "What its entities are"),
                                Parameter.object(
                                                "schema",
                                                "The properties that its entities have",
                                                Parameter.object("properties", "JSON Schema by property")
                                                        .required(),
                                                Parameter.texts("required", "Properties that must be there"))
                                        .required(),
                                Parameter.object(
                                        "relations", "By name: {title, target (a blueprint), required, many}")),
                        this::upsert),
                SandboxTool.of(
                        ToolKind.DELETE,
                        "delete_blueprint",
                        "Deletes a blueprint with all of its entities and scorecards.",
                        List.of(Parameter.text("identifier", "The blueprint").required()),
                        this::delete));
    }

    private JsonObject list(ToolCall call) {
        var wanted = call.arguments().texts("identifiers");
        var found = catalogue.blueprints().all(wanted);
        return Answers.list(
                "blueprints",
                wanted.isEmpty()
                        ? found.stream()
                                .map(blueprint -> Answers.summary(blueprint, "identifier", "title", "description"))
                                .toList()
                        : found);
    }

    private JsonObject upsert(ToolCall call) {
        var blueprint = call.arguments();
        for (var name : blueprint.object("relations").fields().keySet()) {
            var target = blueprint.object("relations").object(name).text("target", "");
            if (!target.equals(call.text("identifier"))) {
                catalogue.blueprints().get(target);
            }
        }
        return Answers.changed("blueprint", blueprint, catalogue.put("blueprint", catalogue.blueprints(), blueprint));
    }

    private JsonObject delete(ToolCall call) {
        var identifier = call.text("identifier");
        return Answers.deleted(identifier).with("deletedEntities", catalogue.removeBlueprint(identifier));
    }
}

package dev.portcullis.sandbox.tools;

import dev.portcullis.sandbox.catalogue.Catalogue;
import dev.portcullis.sandbox.catalogue.EntityQuery;
import dev.portcullis.sandbox.catalogue.JsonObject;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/// Entities: search, create, change, delete.
final class EntityTools implements ToolFamily {

    private final Catalogue catalogue;

    EntityTools(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public List<SandboxTool> tools() {
        return List.of(
                SandboxTool.of(
                        ToolKind.READ,
                        "list_entities",
                        "Lists the entities of one blueprint, with their scorecard results. Narrow with identifiers or a "
                                + "query, count with countOnly, group with groupBy.",
                        List.of(
                                Parameter.text("blueprintIdentifier", "The blueprint whose entities to list")
                                        .required(),
                                Parameter.texts("identifiers", "Only these entities; each must exist"),
                                Parameter.object(
                                        "query",
                                        "A search: {combinator: and|or, rules: [{property, operator, value}]}",
                                        Parameter.choice("combinator", "How the rules combine", "and", "or"),
                                        Parameter.objects("rules", "Conditions, or nested queries")),
                                Parameter.texts(
                                        "include",
                                        "Only these keys of each entity: title, team, scorecards, or a property or relation"),
                                Parameter.text("groupBy", "Count by the values of this property or relation"),
                                Parameter.flag("countOnly", false, "Return only the number of entities"),
                                Parameter.number("limit", 1, 1000, 100, "Most entities to return"),
                                Parameter.number("offset", 0, 100_000, 0, "Entities to leave out first")),
                        this::list),
                SandboxTool.of(
                        ToolKind.WRITE,
                        "upsert_entity",
                        "Creates an entity, or changes the one with this identifier. Fields that are not given stay as "
                                + "they are unless merge is false.",
                        List.of(
                                Parameter.text("blueprintIdentifier", "The entity's blueprint")
                                        .required(),
                                Parameter.object(
                                                "entity",
                                                "The entity",
                                                Parameter.text("identifier", "Unique in the blueprint")
                                                        .required()
                                                        .with("minLength", 1),
                                                Parameter.text("title", "Name shown to people"),
                                                Parameter.texts("team", "Owning teams"),
                                                Parameter.object("properties", "Values by property"),
                                                Parameter.object("relations", "Identifiers by relation"))
                                        .required(),
                                Parameter.flag("merge", true, "false replaces the whole entity")),
                        this::upsert),
                SandboxTool.of(
                        ToolKind.DELETE,
                        "delete_entity",
                        "Deletes an entity. Entities that point to it lose the relation, or are deleted too.",
                        List.of(
                                Parameter.text("blueprintIdentifier", "The entity's blueprint")
                                        .required(),
                                Parameter.text("entityIdentifier", "The entity").required(),
                                Parameter.flag("deleteDependents", false, "Delete entities that point to it as well")),
                        this::delete));
    }

    private JsonObject list(ToolCall call) {
        var arguments = call.arguments();
        var found = found(call);
        if (arguments.flag("countOnly", false)) {
            return JsonObject.of("count", found.size());
        }
        var group = arguments.text("groupBy");
        if (group.isPresent()) {
            return grouped(group.get(), found);
        }
        var page = found.stream()
                .skip(arguments.number("offset", 0))
                .limit(arguments.number("limit", 100))
                .map(entity -> included(withScorecards(entity), arguments.texts("include")))
                .toList();
        return JsonObject.of("entities", page)
                .with("count", found.size())
                .with("hasMoreEntities", found.size() > arguments.number("offset", 0) + page.size());
    }

    private List<JsonObject> found(ToolCall call) {
        var blueprint = call.text("blueprintIdentifier");
        var query = new EntityQuery(call.arguments().object("query"));
        var identifiers = call.arguments().texts("identifiers");
        var candidates = identifiers.isEmpty()
                ? catalogue.entities().of(blueprint)
                : identifiers.stream()
                        .map(identifier -> catalogue.entities().get(blueprint, identifier))
                        .toList();
        return candidates.stream().filter(query::matches).toList();
    }

    private JsonObject withScorecards(JsonObject entity) {
        return entity.with("scorecards", catalogue.scorecards().evaluate(entity));
    }

    private JsonObject upsert(ToolCall call) {
        var blueprint = call.text("blueprintIdentifier");
        var entity = call.arguments().object("entity");
        var created = catalogue.putEntity(blueprint, entity, call.arguments().flag("merge", true));
        var stored = catalogue.entities().get(blueprint, entity.text("identifier", ""));
        return Answers.changed("entity", withScorecards(stored), created);
    }

    private JsonObject delete(ToolCall call) {
        var identifier = call.text("entityIdentifier");
        var dependents = catalogue.removeEntity(
                call.text("blueprintIdentifier"), identifier, call.arguments().flag("deleteDependents", false));
        return Answers.deleted(identifier).with("deletedDependents", dependents);
    }

    private static JsonObject grouped(String property, List<JsonObject> entities) {
        var counts = new TreeMap<String, Object>();
        for (var entity : entities) {
            value(entity, property).forEach(value -> counts.merge(value, 1, (sum, one) -> (int) sum + (int) one));
        }
        return JsonObject.of("groupBy", property)
                .with("groups", new JsonObject(counts))
                .with("count", entities.size());
    }

    private static Collection<String> value(JsonObject entity, String property) {
        var value = entity.object("properties")
                .value(property)
                .or(() -> entity.object("relations").value(property))
                .or(() -> entity.value(property.replace("$", "")))
                .orElse("(none)");
        return value instanceof List<?> values
                ? values.stream().map(Objects::toString).toList()
                : List.of(value.toString());
    }

    private static JsonObject included(JsonObject entity, List<String> keys) {
        if (keys.isEmpty()) {
            return entity;
        }
        var wanted = keys.toArray(String[]::new);
        return Answers.summary(entity, "identifier")
                .mergedWith(Answers.summary(entity, wanted))
                .with("properties", Answers.summary(entity.object("properties"), wanted))
                .with("relations", Answers.summary(entity.object("relations"), wanted));
    }
}

package dev.portcullis.sandbox.catalogue;

import java.time.Clock;
import java.util.List;
import java.util.Map;

/// The entities of all blueprints, and what must hold between them.
///
/// Not thread-safe: [Catalogue#exclusively] is the lock.
public final class Entities {

    private final Clock clock;
    private final Shelf blueprints;
    private final Shelf shelf = new Shelf("entity");

    Entities(Clock clock, Shelf blueprints) {
        this.clock = clock;
        this.blueprints = blueprints;
    }

    public List<JsonObject> of(String blueprint) {
        blueprints.get(blueprint);
        return shelf.matching(entity -> entity.text("blueprint", "").equals(blueprint));
    }

    public JsonObject get(String blueprint, String identifier) {
        blueprints.get(blueprint);
        return shelf.find(key(blueprint, identifier))
                .orElseThrow(
                        () -> new ToolFailure("No entity '%s' in blueprint '%s'. list_entities shows those there are."
                                .formatted(identifier, blueprint)));
    }

    public boolean exists(String blueprint, String identifier) {
        return shelf.find(key(blueprint, identifier)).isPresent();
    }

    /// Creates the entity or changes the one there is.
    ///
    /// @param merge true: fields that are not given stay as they are; false: they are gone
    /// @return true when it was created
    boolean put(String blueprint, JsonObject entity, boolean merge) {
        var schema = blueprints.get(blueprint);
        var identifier = entity.text("identifier")
                .orElseThrow(() -> new ToolFailure("The entity needs an 'identifier' (a string)."));
        var before = shelf.find(key(blueprint, identifier));
        var after = merge ? before.map(old -> old.mergedWith(entity)).orElse(entity) : entity;
        SchemaCheck.require(
                "properties of %s '%s'".formatted(blueprint, identifier),
                schema.object("schema"),
                after.object("properties"));
        requireTargets(schema.object("relations"), after.object("relations"));
        return shelf.put(key(blueprint, identifier), stamped(blueprint, after, before.orElse(JsonObject.EMPTY)));
    }

    void remove(String blueprint, String identifier) {
        get(blueprint, identifier);
        shelf.remove(key(blueprint, identifier));
    }

    /// Entities that point to this one by a relation.
    List<JsonObject> dependents(String blueprint, String identifier) {
        return shelf.matching(entity -> relations(entity).entrySet().stream()
                .anyMatch(relation -> target(entity, relation.getKey()).equals(blueprint)
                        && entity.object("relations").texts(relation.getKey()).contains(identifier)));
    }

    /// Takes out of an entity every relation that points to the other one.
    void detach(JsonObject entity, String blueprint, String identifier) {
        var relations = entity.object("relations");
        for (var name : relations.fields().keySet()) {
            if (target(entity, name).equals(blueprint) && relations.texts(name).contains(identifier)) {
                relations = relations.without(name);
            }
        }
        shelf.put(
                key(entity.text("blueprint", ""), entity.text("identifier", "")), entity.with("relations", relations));
    }

    private JsonObject stamped(String blueprint, JsonObject entity, JsonObject before) {
        var now = clock.instant().toString();
        return entity.with("blueprint", blueprint)
                .with("title", entity.text("title").orElseGet(() -> entity.text("identifier", "")))
                .with("properties", entity.object("properties"))
                .with("relations", entity.object("relations"))
                .with("team", entity.texts("team"))
                .with("createdAt", before.text("createdAt", now))
                .with("createdBy", before.text("createdBy", Organization.USER))
                .with("updatedAt", now)
                .with("updatedBy", Organization.USER);
    }

    private void requireTargets(JsonObject known, JsonObject relations) {
        for (var name : relations.fields().keySet()) {
            if (!known.has(name)) {
                throw new ToolFailure("Unknown relation '%s'. Known: %s"
                        .formatted(name, String.join(", ", known.fields().keySet())));
            }
            var target = known.object(name).text("target", "");
            for (var identifier : relations.texts(name)) {
                if (!exists(target, identifier)) {
                    throw new ToolFailure(
                            "Relation '%s': no entity '%s' in blueprint '%s'.".formatted(name, identifier, target));
                }
            }
        }
    }

    private String target(JsonObject entity, String relation) {
        return blueprints
                .find(entity.text("blueprint", ""))
                .map(blueprint -> blueprint.object("relations").object(relation).text("target", ""))
                .orElse("");
    }

    private static Map<String, Object> relations(JsonObject entity) {
        return entity.object("relations").fields();
    }

    private static String key(String blueprint, String identifier) {
        return blueprint + "/" + identifier;
    }
}

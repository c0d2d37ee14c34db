package dev.portcullis.sandbox.catalogue;

import java.util.List;

/// Scorecards and the levels that entities reach in them.
public final class Scorecards {

    /// From the level that everything has to the best one.
    public static final List<String> LEVELS = List.of("Basic", "Bronze", "Silver", "Gold");

    private final Shelf shelf;

    Scorecards(Shelf shelf) {
        this.shelf = shelf;
    }

    public Shelf shelf() {
        return shelf;
    }

    public List<JsonObject> of(String blueprint) {
        return shelf.matching(scorecard -> scorecard.text("blueprint", "").equals(blueprint));
    }

    /// For each scorecard of the entity's blueprint: the level and the result of every rule.
    public JsonObject evaluate(JsonObject entity) {
        var results = JsonObject.EMPTY;
        for (var scorecard : of(entity.text("blueprint", ""))) {
            results = results.with(scorecard.text("identifier", ""), evaluate(scorecard, entity));
        }
        return results;
    }

    private static JsonObject evaluate(JsonObject scorecard, JsonObject entity) {
        var rules = scorecard.objects("rules").stream()
                .map(rule -> result(rule, entity))
                .toList();
        return JsonObject.of("level", level(rules))
                .with("rules", rules.stream().map(JsonObject::fields).toList());
    }

    private static JsonObject result(JsonObject rule, JsonObject entity) {
        var passed = new EntityQuery(rule.object("query")).matches(entity);
        return JsonObject.of("identifier", rule.text("identifier", ""))
                .with("level", rule.text("level", "Bronze"))
                .with("status", passed ? "SUCCESS" : "FAILURE");
    }

    /// The best level of which no rule, and none of a lower level, fails.
    private static String level(List<JsonObject> rules) {
        var reached = LEVELS.getFirst();
        for (var level : LEVELS) {
            var failed = rules.stream()
                    .filter(rule -> rule.text("level", "").equals(level))
                    .anyMatch(rule -> rule.text("status", "").equals("FAILURE"));
            if (failed) {
                return reached;
            }
            reached = level;
        }
        return reached;
    }
}

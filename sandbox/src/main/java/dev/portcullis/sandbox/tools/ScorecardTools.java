package dev.portcullis.sandbox.tools;

import dev.portcullis.sandbox.catalogue.Catalogue;
import dev.portcullis.sandbox.catalogue.EntityQuery;
import dev.portcullis.sandbox.catalogue.JsonObject;
import dev.portcullis.sandbox.catalogue.Scorecards;

import java.util.List;

/// Scorecards: the rules, not the results; those stand on the entities.
final class ScorecardTools implements ToolFamily {

    private final Catalogue catalogue;

    ScorecardTools(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public List<SandboxTool> tools() {
        return List.of(
                SandboxTool.of(
                        ToolKind.READ,
                        "list_scorecards",
                        "Lists scorecards. Without identifiers: summaries; with identifiers: full rules.",
                        List.of(
                                Parameter.texts("identifiers", "Scorecards to show in full"),
                                Parameter.text("blueprintIdentifier", "Only the scorecards of this blueprint")),
                        this::list),
                SandboxTool.of(
                        ToolKind.WRITE,
                        "upsert_scorecard",
                        "Creates a scorecard, or replaces the one with this identifier.",
                        List.of(
                                Parameter.text("blueprintIdentifier", "The blueprint whose entities it grades")
                                        .required(),
                                Parameter.object(
                                                "scorecard",
                                                "The scorecard",
                                                Parameter.text("identifier", "Unique identifier")
                                                        .required()
                                                        .with("minLength", 1),
                                                Parameter.text("title", "Name shown to people"),
                                                rules().required())
                                        .required()),
                        this::upsert),
                SandboxTool.of(
                        ToolKind.DELETE,
                        "delete_scorecard",
                        "Deletes a scorecard and with it the results on entities.",
                        List.of(
                                Parameter.text("scorecardIdentifier", "The scorecard")
                                        .required(),
                                Parameter.text("blueprintIdentifier", "Its blueprint")),
                        this::delete));
    }

    private static Parameter rules() {
        var rule = Parameter.schema(List.of(
                Parameter.text("identifier", "Unique in the scorecard").required(),
                Parameter.text("title", "What is asked for"),
                Parameter.choice("level", "Level that needs it", "Bronze", "Silver", "Gold")
                        .required(),
                Parameter.object(
                                "query",
                                "What must hold of an entity",
                                Parameter.choice("combinator", "How the conditions combine", "and", "or"),
                                Parameter.objects("conditions", "{property, operator, value}")
                                        .required())
                        .required()));
        return Parameter.objects("rules", "The rules").with("items", rule);
    }

    private JsonObject list(ToolCall call) {
        var wanted = call.arguments().texts("identifiers");
        var blueprint = call.arguments().text("blueprintIdentifier");
        var found = catalogue.scorecards().shelf().all(wanted).stream()
                .filter(scorecard ->
                        blueprint.isEmpty() || scorecard.text("blueprint").equals(blueprint))
                .map(scorecard -> wanted.isEmpty() ? summary(scorecard) : scorecard)
                .toList();
        return Answers.list("scorecards", found);
    }

    private static JsonObject summary(JsonObject scorecard) {
        return Answers.summary(scorecard, "identifier", "title", "blueprint")
                .with("ruleCount", scorecard.objects("rules").size())
                .with("levels", Scorecards.LEVELS);
    }

    private JsonObject upsert(ToolCall call) {
        var blueprint = call.text("blueprintIdentifier");
        catalogue.blueprints().get(blueprint);
        var scorecard = call.arguments().object("scorecard").with("blueprint", blueprint);
        // A query that cannot be evaluated is refused now, not when an entity is next graded.
        scorecard.objects("rules").forEach(rule -> new EntityQuery(rule.object("query")));
        var created = catalogue.put("scorecard", catalogue.scorecards().shelf(), scorecard);
        return Answers.changed("scorecard", scorecard, created);
    }

    private JsonObject delete(ToolCall call) {
        var identifier = call.text("scorecardIdentifier");
        catalogue.remove("scorecard", catalogue.scorecards().shelf(), identifier);
        return Answers.deleted(identifier);
    }
}

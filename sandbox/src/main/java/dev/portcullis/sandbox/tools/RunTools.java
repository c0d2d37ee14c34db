package dev.portcullis.sandbox.tools;

import dev.portcullis.sandbox.catalogue.Catalogue;
import dev.portcullis.sandbox.catalogue.JsonObject;
import dev.portcullis.sandbox.catalogue.Organization;
import dev.portcullis.sandbox.catalogue.Run;
import dev.portcullis.sandbox.catalogue.ToolFailure;

import java.util.List;
import java.util.Optional;

/// Running an action and following its run.
final class RunTools implements ToolFamily {

    private final Catalogue catalogue;

    RunTools(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public List<SandboxTool> tools() {
        return List.of(
                SandboxTool.of(
                        ToolKind.EXECUTE,
                        "run_action",
                        "Runs a self-service action. list_actions shows the properties that it takes; track_action_run "
                                + "follows the run. With executionMode manual nothing runs: the result is a link to the form.",
                        List.of(
                                Parameter.text("actionIdentifier", "The action to run")
                                        .required(),
                                Parameter.text(
                                        "entityIdentifier", "The entity it is about, for DAY-2 and DELETE actions"),
                                Parameter.object("properties", "The action's inputs"),
                                Parameter.choice(
                                                "executionMode",
                                                "automatic runs it, manual returns a link",
                                                "automatic",
                                                "manual")
                                        .with("default", "automatic")),
                        this::run),
                SandboxTool.of(
                        ToolKind.READ,
                        "track_action_run",
                        "Shows how far the run of an action is. Returns at once; ask again while it is in progress.",
                        List.of(Parameter.text("runId", "The id that run_action returned")
                                .required()),
                        this::track));
    }

    private JsonObject run(ToolCall call) {
        var identifier = call.text("actionIdentifier");
        if (!call.headers().permitsAction(identifier)) {
            throw new ToolFailure("Action '%s' may not be run on this connection. %s lists: %s."
                    .formatted(
                            identifier,
                            ControlHeaders.ALLOWED_ACTIONS,
                            String.join(", ", call.headers().sortedActions())));
        }
        return execute(catalogue, call, identifier, call.arguments().object("properties"));
    }

    /// Runs an action for a call of either execution tool, or links to its form.
    static JsonObject execute(Catalogue catalogue, ToolCall call, String identifier, JsonObject properties) {
        Optional<String> entity = call.arguments().text("entityIdentifier");
        if (call.arguments().text("executionMode", "automatic").equals("manual")) {
            catalogue.launcher().requireFittingAction(identifier, entity, properties);
            return JsonObject.of("executionMode", "manual")
                    .with("actionIdentifier", identifier)
                    .with("link", Organization.link("self-serve?action=" + identifier))
                    .with("message", "Nothing was run. Open the link to check and submit the form.");
        }
        return JsonObject.of("ok", true)
                .with(
                        "run",
                        catalogue
                                .launcher()
                                .launchAction(identifier, entity, properties)
                                .toJson());
    }

    private JsonObject track(ToolCall call) {
        return JsonObject.of(
                "run",
                catalogue.launcher().run(call.text("runId"), Run.Kind.ACTION).toJson());
    }
}

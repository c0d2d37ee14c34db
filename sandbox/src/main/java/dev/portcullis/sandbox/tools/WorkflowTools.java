package dev.portcullis.sandbox.tools;

import dev.portcullis.sandbox.catalogue.Catalogue;
import dev.portcullis.sandbox.catalogue.JsonObject;
import dev.portcullis.sandbox.catalogue.Organization;
import dev.portcullis.sandbox.catalogue.Run;
import dev.portcullis.sandbox.catalogue.ToolFailure;

import java.util.List;

/// Workflows, and `trigger_run`, the second way to execute something.
///
/// As in Port's documentation, `x-allowed-actions-to-run` does not reach `trigger_run`: who wants that
/// restricted needs the gateway.
final class WorkflowTools implements ToolFamily {

    private static final String TRIGGER = "SELF_SERVE_TRIGGER";

    private final Catalogue catalogue;

    WorkflowTools(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public List<SandboxTool> tools() {
        return List.of(
                SandboxTool.of(
                        ToolKind.READ,
                        "list_workflows",
                        "Lists workflows. With identifiers: full definitions with nodes and connections.",
                        List.of(Parameter.texts("identifiers", "Workflows to show in full")),
                        this::list),
                SandboxTool.of(
                        ToolKind.READ,
                        "get_workflow_run",
                        "Shows the run of a workflow, node by node.",
                        List.of(Parameter.text("runId", "The id that trigger_run returned")
                                .required()),
                        this::run),
                SandboxTool.of(
                        ToolKind.READ,
                        "list_self_service_triggers",
                        "Lists the workflow triggers that the caller may start, with their nodeIdentifier and input schema.",
                        List.of(),
                        this::triggers),
                SandboxTool.of(
                        ToolKind.EXECUTE,
                        "trigger_run",
                        "Runs a workflow or an action by identifier. For a workflow give nodeIdentifier and inputs.",
                        List.of(
                                Parameter.choice("type", "What to run", "WORKFLOW", "ACTION")
                                        .with("default", "WORKFLOW"),
                                Parameter.text("identifier", "The workflow or action"),
                                Parameter.text("workflowIdentifier", "The same as identifier, for a workflow"),
                                Parameter.text("nodeIdentifier", "The trigger to start at; the first one if left out"),
                                Parameter.text("entityIdentifier", "The entity, for a DAY-2 or DELETE action"),
                                Parameter.object("inputs", "The inputs of the trigger or action"),
                                Parameter.choice(
                                                "executionMode",
                                                "automatic runs it, manual returns a link",
                                                "automatic",
                                                "manual")
                                        .with("default", "automatic")),
                        this::trigger),
                SandboxTool.of(
                        ToolKind.WRITE,
                        "upsert_workflow",
                        "Creates a workflow, or replaces the one with this identifier.",
                        List.of(
                                Parameter.text("identifier", "Unique identifier")
                                        .required()
                                        .with("minLength", 1),
                                Parameter.text("title", "Name shown to people"),
                                Parameter.text("description", "What it does"),
                                Parameter.objects("nodes", "{identifier, type, title, …}")
                                        .required(),
                                Parameter.objects("connections", "{from, to}")),
                        this::upsert),
                SandboxTool.of(
                        ToolKind.DELETE,
                        "delete_workflow",
                        "Deletes a workflow.",
                        List.of(Parameter.text("workflowIdentifier", "The workflow")
                                .required()),
                        this::delete));
    }

    private JsonObject list(ToolCall call) {
        var wanted = call.arguments().texts("identifiers");
        var found = catalogue.workflows().all(wanted).stream()
                .map(workflow ->
                        wanted.isEmpty() ? Answers.summary(workflow, "identifier", "title", "description") : workflow)
                .toList();
        return Answers.list("workflows", found);
    }

    private JsonObject triggers(ToolCall call) {
        var found = catalogue.workflows().all().stream()
                .flatMap(workflow -> workflow.objects("nodes").stream()
                        .filter(node -> node.text("type", "").equals(TRIGGER))
                        .map(node -> Answers.summary(workflow, "title", "description")
                                .with("workflowIdentifier", workflow.text("identifier", ""))
                                .with("nodeIdentifier", node.text("identifier", ""))
                                .with("inputSchema", node.object("userInputs"))))
                .toList();
        return Answers.list("triggers", found);
    }

    private JsonObject trigger(ToolCall call) {
        var identifier = identifier(call);
        var inputs = call.arguments().object("inputs");
        if (call.arguments().text("type", "WORKFLOW").equals("ACTION")) {
            return RunTools.execute(catalogue, call, identifier, inputs);
        }
        var node = call.text("nodeIdentifier");
        if (call.arguments().text("executionMode", "automatic").equals("manual")) {
            catalogue.launcher().requireFittingWorkflow(identifier, node, inputs);
            return JsonObject.of("executionMode", "manual")
                    .with("workflowIdentifier", identifier)
                    .with("link", Organization.link("self-serve?workflow=" + identifier))
                    .with("message", "Nothing was run. Open the link to check and submit the form.");
        }
        var run = catalogue.launcher().launchWorkflow(identifier, node, inputs);
        return JsonObject.of("ok", true).with("run", run.toJson());
    }

    private static String identifier(ToolCall call) {
        var plain = call.arguments().text("identifier");
        var workflow = call.arguments().text("workflowIdentifier");
        if (plain.isPresent() && workflow.isPresent() && !plain.equals(workflow)) {
            throw new ToolFailure("'identifier' and 'workflowIdentifier' name different things. Give one of them.");
        }
        return plain.or(() -> workflow)
                .orElseThrow(() -> new ToolFailure("Give the 'identifier' of the workflow or action to run."));
    }

    private JsonObject run(ToolCall call) {
        var run = catalogue.launcher().run(call.text("runId"), Run.Kind.WORKFLOW);
        var nodes = catalogue
                .workflows()
                .find(run.identifier())
                .map(workflow -> workflow.objects("nodes"))
                .orElse(List.of())
                .stream()
                .map(node ->
                        Answers.summary(node, "identifier", "type", "title").with("status", status(node, run)))
                .toList();
        return JsonObject.of("run", run.toJson().with("nodes", nodes));
    }

    /// The trigger is done as soon as there is a run; the nodes after it share the run's fate.
    private static String status(JsonObject node, Run run) {
        return node.text("type", "").equals(TRIGGER)
                ? Run.Status.SUCCESS.name()
                : run.status().name();
    }

    private JsonObject upsert(ToolCall call) {
        var workflow = call.arguments();
        return Answers.changed("workflow", workflow, catalogue.put("workflow", catalogue.workflows(), workflow));
    }

    private JsonObject delete(ToolCall call) {
        var identifier = call.text("workflowIdentifier");
        catalogue.remove("workflow", catalogue.workflows(), identifier);
        return Answers.deleted(identifier);
    }
}

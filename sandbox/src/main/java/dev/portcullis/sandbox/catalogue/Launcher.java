package dev.portcullis.sandbox.catalogue;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// Starts runs of actions and workflows, and ends those whose time has come.
///
/// Not thread-safe: [Catalogue#exclusively] is the lock.
public final class Launcher {

    private final Clock clock;
    private final Catalogue catalogue;
    private final Effects effects;
    private final Runs runs = new Runs();

    Launcher(Clock clock, Catalogue catalogue) {
        this.clock = clock;
        this.catalogue = catalogue;
        this.effects = new Effects(catalogue.entities());
    }

    /// Starts a run of an action whose inputs and entity fit it.
    public Run launchAction(String identifier, Optional<String> entity, JsonObject properties) {
        requireFittingAction(identifier, entity, properties);
        var trigger = catalogue.actions().get(identifier).object("trigger");
        var waits = catalogue.actions().get(identifier).flag("requiredApproval", false);
        return launch(
                Run.Kind.ACTION,
                identifier,
                trigger.text("blueprintIdentifier", ""),
                entity,
                trigger.object("userInputs"),
                properties,
                waits ? Run.Status.WAITING_FOR_APPROVAL : Run.Status.IN_PROGRESS);
    }

    /// Fails unless the action exists, is about this kind of entity, and takes these properties.
    public void requireFittingAction(String identifier, Optional<String> entity, JsonObject properties) {
        var trigger = catalogue.actions().get(identifier).object("trigger");
        if (!trigger.text("type", "").equals("self-service")) {
            throw new ToolFailure("'%s' is an automation; only self-service actions can be run.".formatted(identifier));
        }
        requireEntity(identifier, trigger, entity);
        SchemaCheck.require(
                "properties of action '%s'".formatted(identifier), trigger.object("userInputs"), properties);
    }

    /// Starts a run of a workflow at one of its self-service triggers.
    public Run launchWorkflow(String identifier, String node, JsonObject inputs) {
        requireFittingWorkflow(identifier, node, inputs);
        var userInputs = trigger(identifier, node).object("userInputs");
        return launch(
                Run.Kind.WORKFLOW,
                identifier,
                "service",
                inputs.text("service"),
                userInputs,
                inputs,
                Run.Status.IN_PROGRESS);
    }

    /// Fails unless the workflow has this trigger and the trigger takes these inputs.
    public void requireFittingWorkflow(String identifier, String node, JsonObject inputs) {
        SchemaCheck.require(
                "inputs of workflow '%s'".formatted(identifier),
                trigger(identifier, node).object("userInputs"),
                inputs);
    }

    public Run run(String id, Run.Kind kind) {
        return runs.get(id, kind);
    }

    void endDueRuns() {
        for (var run : runs.due(clock.instant())) {
            runs.replace(ended(run));
        }
    }

    private Run launch(
            Run.Kind kind,
            String identifier,
            String blueprint,
            Optional<String> entity,
            JsonObject userInputs,
            JsonObject inputs,
            Run.Status status) {
        var prefix = kind == Run.Kind.ACTION ? "r_" : "wfr_";
        var run = new Run(
                prefix + UUID.randomUUID().toString().replace("-", ""),
                kind,
                identifier,
                blueprint,
                entity,
                withDefaults(userInputs, inputs),
                status,
                clock.instant(),
                clock.instant(),
                List.of("Requested by " + Organization.USER + " over MCP"));
        runs.add(run);
        catalogue.audit().succeeded("EXECUTE", resource(run), identifier, context(run));
        return run;
    }

    private Run ended(Run run) {
        try {
            var line = effects.apply(run, clock.instant());
            catalogue.audit().succeeded("UPDATE", "run", run.id(), context(run));
            return run.ended(Run.Status.SUCCESS, clock.instant(), line);
        } catch (ToolFailure failure) {
            var message = String.valueOf(failure.getMessage());
            catalogue.audit().failed("UPDATE", "run", run.id(), context(run), message);
            return run.ended(Run.Status.FAILURE, clock.instant(), message);
        }
    }

    private void requireEntity(String action, JsonObject trigger, Optional<String> entity) {
        var operation = trigger.text("operation", "CREATE");
        var blueprint = trigger.text("blueprintIdentifier", "");
        if (operation.equals("CREATE")) {
            return;
        }
        var identifier = entity.orElseThrow(
                () -> new ToolFailure("Action '%s' is a %s action: give the 'entityIdentifier' of a %s."
                        .formatted(action, operation, blueprint)));
        catalogue.entities().get(blueprint, identifier);
    }

    private JsonObject trigger(String workflow, String node) {
        var triggers = catalogue.workflows().get(workflow).objects("nodes").stream()
                .filter(candidate -> candidate.text("type", "").equals("SELF_SERVE_TRIGGER"))
                .toList();
        return triggers.stream()
                .filter(candidate ->
                        node.isEmpty() || candidate.text("identifier", "").equals(node))
                .findFirst()
                .orElseThrow(() -> new ToolFailure("Workflow '%s' has no self-service trigger '%s'. Known: %s"
                        .formatted(
                                workflow,
                                node,
                                String.join(
                                        ", ",
                                        triggers.stream()
                                                .map(trigger -> trigger.text("identifier", ""))
                                                .toList()))));
    }

    private static JsonObject withDefaults(JsonObject userInputs, JsonObject inputs) {
        var complete = inputs;
        for (var name : userInputs.object("properties").fields().keySet()) {
            var otherwise = userInputs.object("properties").object(name).value("default");
            if (otherwise.isPresent() && !inputs.has(name)) {
                complete = complete.with(name, otherwise.get());
            }
        }
        return complete;
    }

    private static JsonObject context(Run run) {
        var context = JsonObject.of("runId", run.id());
        return run.entity()
                .map(entity -> context.with("blueprint", run.blueprint()).with("entity", entity))
                .orElse(context);
    }

    private static String resource(Run run) {
        return run.kind().name().toLowerCase(Locale.ROOT);
    }
}

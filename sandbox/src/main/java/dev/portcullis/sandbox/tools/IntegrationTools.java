package dev.portcullis.sandbox.tools;

import dev.portcullis.sandbox.catalogue.Catalogue;
import dev.portcullis.sandbox.catalogue.JsonObject;
import dev.portcullis.sandbox.catalogue.ToolFailure;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// Integrations: their configuration, how their syncs went, and what they read.
final class IntegrationTools implements ToolFamily {

    private static final int LINES_A_PAGE = 50;

    private final Catalogue catalogue;

    IntegrationTools(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public List<SandboxTool> tools() {
        return List.of(
                SandboxTool.of(
                        ToolKind.READ,
                        "list_integrations",
                        "Lists integrations. With identifiers: their mapping configuration too.",
                        List.of(Parameter.texts("identifiers", "Integrations to show in full")),
                        this::list),
                SandboxTool.of(
                        ToolKind.READ,
                        "get_integration_sync_metrics",
                        "Shows how the last sync went, by kind of object.",
                        List.of(integration()),
                        this::metrics),
                SandboxTool.of(
                                ToolKind.READ,
                                "get_integration_event_logs",
                                "Shows what an integration logged, newest first. Reports progress page by page.",
                                List.of(
                                        integration(),
                                        Parameter.number("limit", 1, 5_000, LINES_A_PAGE, "Most lines to return")),
                                this::logs)
                        .paged(call -> (lines(call) - 1) / LINES_A_PAGE),
                SandboxTool.of(
                        ToolKind.READ,
                        "get_integration_kinds_with_examples",
                        "Shows the kinds of objects an integration reads, with raw samples.",
                        List.of(integration()),
                        this::kinds),
                SandboxTool.of(
                        ToolKind.READ,
                        "test_integration_mapping",
                        "Applies a mapping to the integration's samples and shows the entities it would make. Saves nothing.",
                        List.of(
                                integration(),
                                Parameter.text("kind", "The kind of object").required(),
                                Parameter.object(
                                                "mapping",
                                                "Field of the entity to JQ path, for instance {title: .name}")
                                        .required()),
                        this::test),
                SandboxTool.of(
                        ToolKind.EXECUTE,
                        "trigger_auto_discovery",
                        "Starts a discovery that suggests additions to the catalogue.",
                        List.of(Parameter.text("blueprintIdentifier", "Suggest entities of this blueprint")
                                .required()),
                        this::discover));
    }

    private static Parameter integration() {
        return Parameter.text("integrationIdentifier", "The integration").required();
    }

    private JsonObject list(ToolCall call) {
        var wanted = call.arguments().texts("identifiers");
        var found = catalogue.integrations().all(wanted).stream()
                .map(integration -> wanted.isEmpty()
                        ? summary(integration)
                        : summary(integration).with("config", integration.object("config")))
                .toList();
        return Answers.list("integrations", found);
    }

    private static JsonObject summary(JsonObject integration) {
        return Answers.summary(integration, "identifier", "title", "installationType", "version", "status");
    }

    private JsonObject integration(ToolCall call) {
        return catalogue.integrations().get(call.text("integrationIdentifier"));
    }

    private JsonObject metrics(ToolCall call) {
        return summary(integration(call)).with("metrics", integration(call).object("metrics"));
    }

    private JsonObject logs(ToolCall call) {
        var integration = integration(call);
        var now = catalogue.clock().instant();
        var lines = IntStream.range(0, lines(call))
                .mapToObj(line -> JsonObject.of(
                                "at", now.minus(Duration.ofSeconds(7L * line)).toString())
                        .with("level", line % 17 == 3 ? "WARN" : "INFO")
                        .with("message", "%s: batch %d upserted".formatted(integration.text("title", ""), line)))
                .toList();
        return Answers.list("logs", lines);
    }

    private static int lines(ToolCall call) {
        return call.arguments().number("limit", LINES_A_PAGE);
    }

    private JsonObject kinds(ToolCall call) {
        return Answers.list("kinds", integration(call).objects("kinds"));
    }

    private JsonObject test(ToolCall call) {
        var kind = call.text("kind");
        var samples = integration(call).objects("kinds").stream()
                .filter(candidate ->
                        candidate.text("identifier", candidate.text("kind", "")).equals(kind))
                .findFirst()
                .orElseThrow(() -> new ToolFailure(
                        "No kind '%s'. get_integration_kinds_with_examples shows them.".formatted(kind)))
                .objects("examples");
        var mapping = call.arguments().object("mapping");
        return Answers.list(
                "entities",
                samples.stream().map(sample -> mapped(mapping, sample)).toList());
    }

    private static JsonObject mapped(JsonObject mapping, JsonObject sample) {
        var entity = JsonObject.EMPTY;
        for (var field : mapping.fields().keySet()) {
            var value = MappingPath.of(mapping.text(field, "")).read(sample);
            if (value.isPresent()) {
                entity = entity.with(field, value.get());
            }
        }
        return entity;
    }

    private JsonObject discover(ToolCall call) {
        var blueprint = call.text("blueprintIdentifier");
        catalogue.blueprints().get(blueprint);
        return JsonObject.of("ok", true)
                .with("blueprintIdentifier", blueprint)
                .with("status", "STARTED")
                .with("message", "Suggestions appear in the portal; nothing is added without a person.");
    }
}

package dev.portcullis.sandbox.tools;

import dev.portcullis.sandbox.catalogue.Catalogue;
import dev.portcullis.sandbox.catalogue.JsonObject;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.PromptArgument;
import io.modelcontextprotocol.spec.McpSchema.PromptMessage;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.TextContent;

import java.util.List;
import java.util.stream.Stream;

/// The prompts: Port's own and one for each entity of the blueprint `prompt` that the organization
/// starts with.
public final class PromptBook {

    private static final JsonObject TROUBLESHOOT = JsonObject.of("identifier", "troubleshoot_integration")
            .with("title", "Troubleshoot an integration")
            .with(
                    "properties",
                    JsonObject.of("description", "Find out why an integration does not sync")
                            .with(
                                    "template",
                                    "Find out why the integration {{integration}} does not sync. Look at "
                                            + "list_integrations, get_integration_sync_metrics and "
                                            + "get_integration_event_logs, then say what to change in its mapping.")
                            .with(
                                    "arguments",
                                    List.of(JsonObject.of("name", "integration")
                                            .with("description", "Identifier of the integration")
                                            .with("required", true))));

    private final Catalogue catalogue;

    public PromptBook(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    public List<SyncPromptSpecification> specifications() {
        var own = catalogue.exclusively(() -> catalogue.entities().of("prompt"));
        return Stream.concat(Stream.of(TROUBLESHOOT), own.stream())
                .map(PromptBook::specification)
                .toList();
    }

    private static SyncPromptSpecification specification(JsonObject entity) {
        var properties = entity.object("properties");
        var arguments = properties.objects("arguments").stream()
                .map(argument -> PromptArgument.builder(argument.text("name", ""))
                        .description(argument.text("description", ""))
                        .required(argument.flag("required", false))
                        .build())
                .toList();
        var prompt = Prompt.builder(entity.text("identifier", ""))
                .title(entity.text("title", ""))
                .description(properties.text("description", ""))
                .arguments(arguments)
                .build();
        return new SyncPromptSpecification(
                prompt, (exchange, request) -> filledIn(properties.text("template", ""), arguments, request));
    }

    private static GetPromptResult filledIn(String template, List<PromptArgument> arguments, GetPromptRequest request) {
        var given = JsonObject.of(request.arguments());
        var text = template;
        for (var argument : arguments) {
            if (argument.required() && !given.has(argument.name())) {
                throw McpError.builder(ErrorCodes.INVALID_PARAMS)
                        .message("Prompt '%s' needs the argument '%s'.".formatted(request.name(), argument.name()))
                        .build();
            }
            text = text.replace("{{" + argument.name() + "}}", given.text(argument.name(), ""));
        }
        var message = PromptMessage.builder(Role.USER, TextContent.builder(text).build())
                .build();
        return GetPromptResult.builder(List.of(message)).build();
    }
}

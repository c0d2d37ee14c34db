package dev.portcullis.sandbox.tools;

import dev.portcullis.sandbox.catalogue.Catalogue;
import dev.portcullis.sandbox.catalogue.JsonObject;
import dev.portcullis.sandbox.catalogue.ToolFailure;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// All tools of one catalogue, as the SDK's server takes them.
///
/// Every call passes here: control headers first, then the arguments against the schema, then the tool
/// in one transaction of the catalogue. Thread-safe.
public final class ToolBox {

    /// Where a request's [ControlHeaders] are in the SDK's transport context.
    public static final String HEADERS = "controlHeaders";

    private final Catalogue catalogue;
    private final Map<String, SandboxTool> tools = new LinkedHashMap<>();

    public ToolBox(Catalogue catalogue) {
        this.catalogue = catalogue;
        Stream.of(
                        new BlueprintTools(catalogue),
                        new EntityTools(catalogue),
                        new ScorecardTools(catalogue),
                        new ActionTools(catalogue),
                        new RunTools(catalogue),
                        new WorkflowTools(catalogue),
                        new AuditTools(catalogue),
                        new IdentityTools(catalogue),
                        new KnowledgeTools(catalogue),
                        new IntegrationTools(catalogue),
                        new PageTools(catalogue),
                        new WidgetTools(catalogue),
                        new PluginTools(catalogue))
                .flatMap(family -> family.tools().stream())
                .forEach(tool -> tools.put(tool.definition().name(), tool));
    }

    public List<SyncToolSpecification> specifications() {
        return tools.values().stream()
                .map(tool -> new SyncToolSpecification(
                        tool.definition(), (exchange, request) -> call(tool, exchange, request)))
                .toList();
    }

    /// Whether `tools/list` shows the tool to the request that the context belongs to.
    public boolean isVisible(McpTransportContext context, Tool tool) {
        var known = tools.get(tool.name());
        return known != null && headers(context).permits(known.kind());
    }

    private CallToolResult call(SandboxTool tool, McpSyncServerExchange exchange, CallToolRequest request) {
        try {
            var call = admitted(tool, headers(exchange.transportContext()), JsonObject.of(request.arguments()));
            var document = catalogue.exclusively(() -> tool.handler().apply(call));
            Progress.report(exchange, request, tool.pages().applyAsInt(call));
            return CallToolResult.builder()
                    .addTextContent(McpJsonDefaults.getMapper().writeValueAsString(document.fields()))
                    .build();
        } catch (ToolFailure failure) {
            return CallToolResult.builder()
                    .addTextContent(String.valueOf(failure.getMessage()))
                    .isError(true)
                    .build();
        } catch (IOException broken) {
            throw new UncheckedIOException("result of " + request.name() + " cannot be written", broken);
        }
    }

    private static ToolCall admitted(SandboxTool tool, ControlHeaders headers, JsonObject arguments) {
        var name = tool.definition().name();
        if (!headers.permits(tool.kind())) {
            throw new ToolFailure("Tool '%s' is not available: %s asks for read-only mode."
                    .formatted(name, ControlHeaders.READ_ONLY));
        }
        var answer =
                McpJsonDefaults.getSchemaValidator().validate(tool.definition().inputSchema(), arguments.fields());
        if (!answer.valid()) {
            throw new ToolFailure("Invalid arguments of '%s': %s".formatted(name, answer.errorMessage()));
        }
        return new ToolCall(arguments, headers);
    }

    private static ControlHeaders headers(McpTransportContext context) {
        return context.get(HEADERS) instanceof ControlHeaders headers ? headers : ControlHeaders.NONE;
    }
}

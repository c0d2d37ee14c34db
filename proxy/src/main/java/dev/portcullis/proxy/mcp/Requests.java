package dev.portcullis.proxy.mcp;

import dev.portcullis.proxy.jsonrpc.JsonRpcCodec;
import dev.portcullis.proxy.jsonrpc.JsonRpcMessage;
import dev.portcullis.proxy.jsonrpc.RequestId;
import dev.portcullis.proxy.jsonrpc.StrictJson;
import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// What requests of both eras have in common: the tool that is called, the resources that are named.
public final class Requests {
    private static final String URI = "uri";

    private Requests() {}

    /// What came of reading a message.
    public sealed interface Reading {
        record Understood(Era era, McpMessage message) implements Reading {}

        record NotUnderstood(McpProblem problem) implements Reading {}
    }

    /// A request whose method the era has.
    public static Reading known(Era era, JsonRpcMessage.Request request, Optional<ClientSoftware> software) {
        return switch (request.method()) {
            case McpMessage.TOOLS_CALL -> toolCall(era, request, software);
            case McpMessage.TOOLS_LIST -> understood(era, new McpMessage.ToolList(request.id(), software));
            default -> other(era, request, software);
        };
    }

    /// What `Mcp-Name` repeats; empty for methods that have no name.
    public static Optional<String> mirroredName(JsonRpcMessage.Request request) {
        var source = switch (request.method()) {
            case McpMessage.TOOLS_CALL, "prompts/get" -> request.params().path("name");
            case "resources/read" -> request.params().path(URI);
            case "tasks/get", "tasks/update", "tasks/cancel" -> request.params().path("taskId");
            default -> request.params().path("");
        };
        return source.isString() ? Optional.of(source.asString()) : Optional.empty();
    }

    private static Reading toolCall(Era era, JsonRpcMessage.Request request, Optional<ClientSoftware> software) {
        var id = Optional.of(request.id());
        var name = request.params().path("name");
        if (!name.isString() || name.asString().isEmpty()) {
            return invalid("params.name must be a non-empty string", id);
        }
        if (JsonRpcCodec.hasControlCharacter(name.asString()) || StrictJson.hasLoneSurrogate(name.asString())) {
            return invalid("params.name contains a control character", id);
        }
        var arguments = request.params().path("arguments");
        if (!arguments.isMissingNode() && !arguments.isObject()) {
            return invalid("params.arguments must be an object", id);
        }
        if (hasKeysThatDifferOnlyInCase(arguments)) {
            return invalid("Two keys in params.arguments differ only in case", id);
        }
        return understood(
                era,
                new McpMessage.ToolCall(
                        request.id(),
                        name.asString(),
                        arguments.isMissingNode() ? "{}" : arguments.toString(),
                        request.params().has("task"),
                        software));
    }

    private static Reading other(Era era, JsonRpcMessage.Request request, Optional<ClientSoftware> software) {
        var uris = new ArrayList<String>();
        for (var node : uriNodes(request)) {
            if (!node.isString() || isDoubtful(node.asString())) {
                return invalid("A resource URI must be one unambiguous URI", Optional.of(request.id()));
            }
            uris.add(node.asString());
        }
        var prompt = promptNode(request);
        if (prompt.isPresent() && !isName(prompt.get())) {
            return invalid(
                    "The name of a prompt must be a non-empty string without control characters",
                    Optional.of(request.id()));
        }
        return understood(
                era,
                new McpMessage.OtherRequest(
                        request.id(), request.method(), uris, prompt.map(JsonNode::asString), software));
    }

    /// Where a request names a prompt; missing inside when it should and does not.
    private static Optional<JsonNode> promptNode(JsonRpcMessage.Request request) {
        var ref = request.params().path("ref");
        return switch (request.method()) {
            case "prompts/get" -> Optional.of(request.params().path("name"));
            case "completion/complete" -> Optional.of(ref.path("name")).filter(name -> !name.isMissingNode());
            default -> Optional.empty();
        };
    }

    private static boolean isName(JsonNode node) {
        return node.isString()
                && !node.asString().isEmpty()
                && !JsonRpcCodec.hasControlCharacter(node.asString())
                && !StrictJson.hasLoneSurrogate(node.asString());
    }

    private static List<JsonNode> uriNodes(JsonRpcMessage.Request request) {
        var params = request.params();
        return switch (request.method()) {
            case "resources/read", "resources/subscribe", "resources/unsubscribe" -> List.of(params.path(URI));
            case "completion/complete" ->
                !params.path("ref").isObject()
                        ? List.of(params.path("ref").path(URI))
                        : params.path("ref").has(URI)
                                ? List.of(params.path("ref").path(URI))
                                : List.of();
            case "subscriptions/listen" ->
                params.path("notifications")
                        .path("resourceSubscriptions")
                        .valueStream()
                        .toList();
            default -> List.of();
        };
    }

    /// What two readers may take for two resources: the text must be the same after what parsers do to
    /// a URI.
    public static boolean isDoubtful(String uri) {
        return uri.isEmpty()
                || StrictJson.hasLoneSurrogate(uri)
                || uri.chars().anyMatch(c -> c <= ' ' || c == '\\' || Character.isISOControl(c))
                || ResourceUri.isAmbiguous(uri);
    }

    /// At any depth: an action may be named deep inside.
    private static boolean hasKeysThatDifferOnlyInCase(JsonNode node) {
        var folded = new HashSet<String>();
        return node.propertyNames().stream().anyMatch(name -> !folded.add(JsonRpcCodec.fold(name)))
                || node.valueStream().anyMatch(Requests::hasKeysThatDifferOnlyInCase);
    }

    private static Reading understood(Era era, McpMessage message) {
        return new Reading.Understood(era, message);
    }

    private static Reading invalid(String reason, Optional<RequestId> id) {
        return new Reading.NotUnderstood(new McpProblem.InvalidParams(reason, id));
    }
}

package dev.portcullis.proxy.mcp;

import dev.portcullis.proxy.jsonrpc.JsonRpcCodec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One JSON-RPC message of a server, by its shape. It is judged by what it carries, not by what was
/// asked: an answer may be delivered on another stream than the one that asked.
///
/// The trees are the reader's own; whoever changes a message takes a copy first.
public sealed interface ServerMessage {
    /// The keys by which a client is sent to a page.
    List<String> PAGE = List.of("mode", "url");

    /// The keys of params that are judged.
    List<String> PARAMS = List.of("mode", "url", "uri", "requestId", "taskId", "task", "_meta", "inputRequests");

    ObjectNode tree();

    /// Asks the client for something.
    record Request(ObjectNode tree, String method) implements ServerMessage {}

    record Notification(ObjectNode tree, String method) implements ServerMessage {}

    /// An answer with a result.
    record Result(ObjectNode tree, ObjectNode result) implements ServerMessage {}

    record Failure(ObjectNode tree, JsonNode error) implements ServerMessage {}

    /// The message in `tree`, or empty when it has not the shape of one.
    static Optional<ServerMessage> of(ObjectNode tree) {
        if (!"2.0".equals(tree.path("jsonrpc").asString(""))) {
            return Optional.empty();
        }
        if (tree.has("method")) {
            var isCall = tree.get("method").isString() && !tree.has("result") && !tree.has("error");
            return isCall ? Optional.of(call(tree, tree.get("method").asString())) : Optional.empty();
        }
        if (tree.has("result") == tree.has("error")) {
            return Optional.empty();
        }
        return tree.has("error")
                ? Optional.of(new Failure(tree, tree.get("error")))
                : tree.get("result") instanceof ObjectNode result
                        ? Optional.of(new Result(tree, result))
                        : Optional.empty();
    }

    /// Whether some client, by ignoring the case of keys, could read in `tree` that it is asked for
    /// something else than is read here.
    static boolean asksAmbiguously(ObjectNode tree) {
        var questions = Stream.of(tree.path("params"), tree.path("result"))
                .flatMap(holder -> holder.path("inputRequests").valueStream())
                .toList();
        var pages = tree.path("error").path("data").path("elicitations").valueStream();
        return isConfusing(tree.path("params"), PARAMS)
                || isConfusing(tree.path("error"), List.of("code", "message", "data"))
                || isConfusing(tree.path("error").path("data"), List.of("elicitations"))
                || questions.stream().anyMatch(one -> isConfusing(one, List.of("method", "params")))
                || Stream.concat(pages, questions.stream().map(one -> one.path("params")))
                        .anyMatch(one -> isConfusing(one, PAGE));
    }

    private static boolean isConfusing(JsonNode node, List<String> keys) {
        return node instanceof ObjectNode object
                && JsonRpcCodec.confusingKey(object, keys).isPresent();
    }

    /// What the client is asked to open in a browser by `elicitation/create` in its URL mode, by params
    /// such as those.
    static List<String> elicitedUrls(JsonNode params) {
        return params.has("url") || "url".equals(params.path("mode").asString(""))
                ? List.of(params.path("url").asString(""))
                : List.of();
    }

    /// The pages that an error `-32042` (2025-11-25) sends the client to.
    ///
    /// @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/client/elicitation">MCP,
    ///     elicitation</a>
    static List<String> elicitedUrlsOf(Failure failure) {
        var urls = new ArrayList<String>();
        failure.error().path("data").path("elicitations").forEach(one -> urls.addAll(elicitedUrls(one)));
        return urls;
    }

    private static ServerMessage call(ObjectNode tree, String method) {
        return tree.has("id") ? new Request(tree, method) : new Notification(tree, method);
    }
}

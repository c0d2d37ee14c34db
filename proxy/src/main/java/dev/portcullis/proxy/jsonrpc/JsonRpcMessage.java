package dev.portcullis.proxy.jsonrpc;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;

/// One JSON-RPC 2.0 message. The trees are the reader's own and must not be changed.
public sealed interface JsonRpcMessage {

    /// Asks for an answer.
    record Request(RequestId id, String method, ObjectNode params) implements JsonRpcMessage {}

    /// Asks for none.
    record Notification(String method, ObjectNode params) implements JsonRpcMessage {}

    /// Answers a request of the other side.
    record Response(RequestId id, Optional<JsonNode> result, Optional<JsonNode> error) implements JsonRpcMessage {}
}

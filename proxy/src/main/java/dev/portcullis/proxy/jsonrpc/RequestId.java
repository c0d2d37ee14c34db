package dev.portcullis.proxy.jsonrpc;

import tools.jackson.databind.JsonNode;

import java.util.Objects;

/// The id of a JSON-RPC request: a string or an integer, kept as the JSON text that is echoed.
///
/// @param json the id as JSON text, for instance `7` or `"a-1"`
/// @see <a href="https://www.jsonrpc.org/specification#request_object">JSON-RPC 2.0, request object</a>
public record RequestId(String json) {
    public RequestId {
        Objects.requireNonNull(json);
    }

    /// Whether `node` may be an id: MCP allows strings and integers, and never `null`.
    static boolean isValid(JsonNode node) {
        return node.isString() || node.isIntegralNumber();
    }

    static RequestId of(JsonNode node) {
        return new RequestId(node.toString());
    }

    /// The id as people read it, without quotes.
    public String text() {
        return json.startsWith("\"") ? json.substring(1, json.length() - 1) : json;
    }
}

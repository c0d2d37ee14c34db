package dev.portcullis.proxy.jsonrpc;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

import java.util.Objects;
import java.util.Optional;

/// The id of a JSON-RPC request: a string or an integer, kept as the JSON text that is echoed.
///
/// @param json the id as JSON text, for instance `7` or `"a-1"`
/// @see <a href="https://www.jsonrpc.org/specification#request_object">JSON-RPC 2.0, request object</a>
public record RequestId(String json) {
    private static final char STRING = 's';
    private static final char NUMBER = 'n';

    public RequestId {
        Objects.requireNonNull(json);
    }

    /// The id in `node`, if it is one.
    public static Optional<RequestId> in(JsonNode node) {
        return isValid(node) ? Optional.of(of(node)) : Optional.empty();
    }

    /// The id that [#tag] made this text of.
    public static Optional<RequestId> tagged(String tag) {
        if (tag.isEmpty()) {
            return Optional.empty();
        }
        var rest = tag.substring(1);
        return switch (tag.charAt(0)) {
            case STRING -> Optional.of(of(JsonNodeFactory.instance.stringNode(rest)));
            case NUMBER -> Optional.of(new RequestId(rest));
            default -> Optional.empty();
        };
    }

    /// The id as one text that also says whether it is a string or a number.
    public String tag() {
        return string().map(text -> STRING + text).orElseGet(() -> NUMBER + json);
    }

    /// The text of an id that is a string.
    public Optional<String> string() {
        return json.startsWith("\"")
                ? Optional.of(JsonMapper.shared().readTree(json).stringValue())
                : Optional.empty();
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

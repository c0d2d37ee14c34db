package dev.portcullis.proxy.mcp.modern;

import dev.portcullis.proxy.mcp.ServerMessage;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A result in which the server asks the client for input, to be sent with a retry of the same call.
///
/// @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/mrtr">MCP,
///     multi round-trip requests</a>
public final class InputRequired {
    /// The keys of a result, and of a retry, that this is about.
    public static final String STATE = "requestState";

    private static final String TYPE = "resultType";
    private static final String REQUESTS = "inputRequests";
    private static final Set<String> TYPES = Set.of("complete", "input_required", "task");
    private static final Set<String> METHODS = Set.of("sampling/createMessage", "elicitation/create", "roots/list");

    private InputRequired() {}

    /// One thing the server asks for.
    ///
    /// @param urls the pages the client is asked to open
    public record Asked(String method, List<String> urls) {
        public Asked {
            urls = List.copyOf(urls);
        }

        /// Whether the protocol knows it.
        public boolean isKnown() {
            return METHODS.contains(method);
        }
    }

    /// Whether `result` is of a type that this gateway can judge. A client takes an unknown type for an
    /// error, a missing one for a complete result.
    public static boolean hasKnownType(ObjectNode result) {
        var type = result.path(TYPE);
        return type.isMissingNode() || (type.isString() && TYPES.contains(type.asString()));
    }

    /// Whether `result` is what was asked for.
    public static boolean isComplete(ObjectNode result) {
        return "complete".equals(result.path(TYPE).asString("complete"));
    }

    /// All that `result` asks for, whatever type it says it has; empty when that cannot be read.
    public static Optional<List<Asked>> in(ObjectNode result) {
        if (!result.has(REQUESTS)) {
            return Optional.of(List.of());
        }
        return result.get(REQUESTS) instanceof ObjectNode requests
                        && requests.valueStream()
                                .allMatch(one -> one.path("method").isString())
                ? Optional.of(requests.valueStream()
                        .map(one -> new Asked(
                                one.path("method").asString(), ServerMessage.elicitedUrls(one.path("params"))))
                        .toList())
                : Optional.empty();
    }
}

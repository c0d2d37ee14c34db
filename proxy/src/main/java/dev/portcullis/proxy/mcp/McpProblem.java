package dev.portcullis.proxy.mcp;

import dev.portcullis.proxy.jsonrpc.RequestId;

import java.util.Optional;

/// Why a JSON-RPC message is not an MCP message that can be judged.
public sealed interface McpProblem {
    Optional<RequestId> id();

    /// A header that mirrors the body is missing, repeated, or says something else than the body.
    ///
    /// @see <a
    ///     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http">
    ///     Streamable HTTP, request headers</a>
    record HeaderMismatch(String reason, Optional<RequestId> id) implements McpProblem {
        public static final int CODE = -32020;
    }

    /// A protocol version this gateway does not speak; forwarding what it cannot judge would be a way
    /// around.
    record UnsupportedVersion(String requested, Optional<RequestId> id) implements McpProblem {
        public static final int CODE = -32022;
    }

    /// Parameters that cannot be judged.
    record InvalidParams(String reason, Optional<RequestId> id) implements McpProblem {}

    /// Not a message a client may send in its era.
    record Misplaced(String reason, Optional<RequestId> id) implements McpProblem {}

    /// A request whose method the era does not have.
    record UnknownMethod(Era era, String method, RequestId requestId) implements McpProblem {
        @Override
        public Optional<RequestId> id() {
            return Optional.of(requestId);
        }
    }

    /// A notification whose method the era does not have: nobody waits for an answer, so it is dropped.
    record UnknownNotification(Era era, String method) implements McpProblem {
        @Override
        public Optional<RequestId> id() {
            return Optional.empty();
        }
    }
}

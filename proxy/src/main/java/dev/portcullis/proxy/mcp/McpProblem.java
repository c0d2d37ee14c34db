package dev.portcullis.proxy.mcp;

import dev.portcullis.proxy.jsonrpc.RequestId;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
    ///
    /// @param supported the versions that could be asked for in the same way: one in `_meta` is modern,
    ///     one in a header alone may be any
    record UnsupportedVersion(String requested, List<String> supported, Optional<RequestId> id) implements McpProblem {
        public static final int CODE = -32022;

        public UnsupportedVersion {
            supported = List.copyOf(supported);
        }

        /// A version that only a header names.
        public static UnsupportedVersion ofHeader(String requested, Optional<RequestId> id) {
            return new UnsupportedVersion(
                    requested,
                    Stream.of(Era.MODERN, Era.LEGACY)
                            .flatMap(era -> era.versions().stream())
                            .toList(),
                    id);
        }
    }

    /// A method of an extension that the client has not declared.
    ///
    /// @param extension the key under `extensions` of the client's capabilities
    record MissingExtension(String extension, Optional<RequestId> id) implements McpProblem {
        public static final int CODE = -32021;
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

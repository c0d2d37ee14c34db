package dev.portcullis.proxy.mcp;

import dev.portcullis.proxy.jsonrpc.RequestId;

import java.util.List;
import java.util.Optional;

/// A client's message as the policy sees it.
public sealed interface McpMessage {
    String TOOLS_CALL = "tools/call";
    String TOOLS_LIST = "tools/list";

    /// The JSON-RPC method; empty for an answer.
    Optional<String> method();

    /// The id to answer to; empty when nobody waits for an answer.
    Optional<RequestId> id();

    /// The resources it names.
    default List<String> uris() {
        return List.of();
    }

    /// The prompt it names.
    default Optional<String> prompt() {
        return Optional.empty();
    }

    /// The software that sent it, as it names itself.
    default Optional<ClientSoftware> software() {
        return Optional.empty();
    }

    /// A request. `software` is known where the message itself carries it.
    sealed interface Request extends McpMessage {
        RequestId requestId();

        @Override
        default Optional<RequestId> id() {
            return Optional.of(requestId());
        }
    }

    /// `tools/call`.
    ///
    /// @param argumentsJson the `arguments` object as JSON text; `{}` when there is none
    /// @param asTask whether the client asked for a task handle (2025-11-25), whose only legal result
    ///     is one
    record ToolCall(
            RequestId requestId, String tool, String argumentsJson, boolean asTask, Optional<ClientSoftware> software)
            implements Request {
        @Override
        public Optional<String> method() {
            return Optional.of(TOOLS_CALL);
        }
    }

    /// `tools/list`: its answer is filtered.
    record ToolList(RequestId requestId, Optional<ClientSoftware> software) implements Request {
        @Override
        public Optional<String> method() {
            return Optional.of(TOOLS_LIST);
        }
    }

    /// Any other request this gateway knows.
    record OtherRequest(
            RequestId requestId,
            String name,
            List<String> uris,
            Optional<String> prompt,
            Optional<ClientSoftware> software)
            implements Request {
        public OtherRequest {
            uris = List.copyOf(uris);
        }

        @Override
        public Optional<String> method() {
            return Optional.of(name);
        }
    }

    /// Asks for no answer.
    record Notification(String name) implements McpMessage {
        @Override
        public Optional<String> method() {
            return Optional.of(name);
        }

        @Override
        public Optional<RequestId> id() {
            return Optional.empty();
        }
    }

    /// The client's answer to a request of the server (legacy era only).
    record Answer(RequestId answered) implements McpMessage {
        @Override
        public Optional<String> method() {
            return Optional.empty();
        }

        @Override
        public Optional<RequestId> id() {
            return Optional.empty();
        }
    }
}

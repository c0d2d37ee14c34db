package dev.portcullis.proxy.mcp;

import dev.portcullis.proxy.jsonrpc.RequestId;
import tools.jackson.databind.JsonNode;

import java.util.Optional;

/// How a call ended, as its answer says.
public enum Answered {
    RESULT,
    TOOL_ERROR,
    PROTOCOL_ERROR,
    INPUT_REQUIRED;

    /// How the request with `id` ended, if `message` is its answer.
    public static Optional<Answered> in(JsonNode message, Optional<RequestId> id) {
        var isAnswer = message.has("result") != message.has("error") && !message.has("method");
        var isOurs = id.filter(
                        waiting -> waiting.json().equals(message.path("id").toString()))
                .isPresent();
        if (!isAnswer || !isOurs) {
            return Optional.empty();
        }
        if (message.has("error")) {
            return Optional.of(PROTOCOL_ERROR);
        }
        var result = message.get("result");
        if ("input_required".equals(result.path("resultType").asString(""))) {
            return Optional.of(INPUT_REQUIRED);
        }
        return Optional.of(result.path("isError").asBoolean(false) ? TOOL_ERROR : RESULT);
    }
}

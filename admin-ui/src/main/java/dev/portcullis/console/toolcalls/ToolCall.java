package dev.portcullis.console.toolcalls;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// One exchange on record, with every column of `audit.tool_calls`. As JSON its fields are named like
/// the columns.
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ToolCall(
        UUID id,
        OffsetDateTime occurredAt,
        Optional<OffsetDateTime> completedAt,
        String replica,
        Optional<String> organization,
        Optional<String> route,
        Optional<String> era,
        Optional<String> method,
        Optional<String> tool,
        Optional<String> toolClass,
        Optional<String> action,
        Optional<String> caller,
        Optional<String> callerKind,
        List<String> callerGroups,
        Optional<String> clientName,
        Optional<String> clientVersion,
        Optional<String> clientAddress,
        Optional<String> sessionHash,
        Optional<String> requestId,
        String decision,
        List<String> rules,
        List<String> observedRules,
        Optional<Long> policyVersion,
        String outcome,
        Optional<String> refusal,
        Optional<String> httpMethod,
        Optional<Integer> httpStatus,
        Optional<Integer> upstreamStatus,
        long requestBytes,
        long responseBytes,
        Optional<Long> decisionMicros,
        Optional<Long> latencyMicros,
        Optional<JsonNode> arguments,
        Optional<String> argumentsDigest,
        Optional<String> traceId) {
    public ToolCall {
        callerGroups = List.copyOf(callerGroups);
        rules = List.copyOf(rules);
        observedRules = List.copyOf(observedRules);
    }

    /// Where a list goes on after this one.
    public ToolCallCursor cursor() {
        return new ToolCallCursor(occurredAt, id);
    }
}

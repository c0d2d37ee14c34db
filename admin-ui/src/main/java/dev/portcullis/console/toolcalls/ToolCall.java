package dev.portcullis.console.toolcalls;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.portcullis.console.api.PageCursor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// An exchange on record, with every column of `audit.tool_calls`. As JSON its fields are named like
/// the columns.
///
/// @param exchanges how many exchanges it is about, which were refused and only counted; empty for one
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
        Optional<String> traceId,
        Optional<List<String>> hiddenTools,
        Optional<JsonNode> result,
        Optional<Long> exchanges) {
    /// What [#outcome] may be.
    public static final List<String> OUTCOMES = List.of(
            "succeeded",
            "denied",
            "refused",
            "tool_error",
            "protocol_error",
            "upstream_failed",
            "cancelled",
            "input_required",
            "unknown");

    /// What [#decision] may be.
    public static final List<String> DECISIONS = List.of("allowed", "denied", "undecided", "none");

    public ToolCall {
        callerGroups = List.copyOf(callerGroups);
        rules = List.copyOf(rules);
        observedRules = List.copyOf(observedRules);
        hiddenTools = hiddenTools.map(List::copyOf);
    }

    /// Whether there is something in it that only auditors may see.
    @JsonIgnore
    public boolean hasPayload() {
        return arguments.isPresent() || result.isPresent();
    }

    /// Without what the caller has sent and what it was answered, and without the digest, on which short arguments
    /// could be tried out.
    public ToolCall withoutPayload() {
        return new ToolCall(
                id,
                occurredAt,
                completedAt,
                replica,
                organization,
                route,
                era,
                method,
                tool,
                toolClass,
                action,
                caller,
                callerKind,
                callerGroups,
                clientName,
                clientVersion,
                clientAddress,
                sessionHash,
                requestId,
                decision,
                rules,
                observedRules,
                policyVersion,
                outcome,
                refusal,
                httpMethod,
                httpStatus,
                upstreamStatus,
                requestBytes,
                responseBytes,
                decisionMicros,
                latencyMicros,
                Optional.empty(),
                Optional.empty(),
                traceId,
                hiddenTools,
                Optional.empty(),
                exchanges);
    }

    /// Where a list goes on after this one.
    public PageCursor cursor() {
        return new PageCursor(occurredAt, id);
    }
}

package dev.portcullis.console.toolcalls;

import dev.portcullis.console.api.PageCursor;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What a list shows of an exchange: enough to find it, without its arguments.
///
/// @param exchanges as in [ToolCall]
public record ToolCallSummary(
        UUID id,
        OffsetDateTime occurredAt,
        Optional<String> route,
        Optional<String> method,
        Optional<String> httpMethod,
        Optional<String> tool,
        Optional<String> action,
        Optional<String> caller,
        Optional<String> clientName,
        List<String> rules,
        String outcome,
        Optional<String> refusal,
        Optional<Long> latencyMicros,
        Optional<Long> exchanges) {
    public ToolCallSummary {
        rules = List.copyOf(rules);
    }

    public PageCursor cursor() {
        return new PageCursor(occurredAt, id);
    }
}

package dev.portcullis.proxy.exchange;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Keeping;
import dev.portcullis.policy.engine.RecordRules;
import dev.portcullis.proxy.mcp.McpMessage;

import java.util.Optional;

/// What the record of a tool call keeps, by what the policy has said of it.
final class RecordKeeping {
    private RecordKeeping() {}

    /// Empty when the policy has not said it, and some rule could hide something: then nothing may be kept as it was.
    ///
    /// What it said when it let the call pass counts, whatever came later.
    static Optional<Keeping> of(Stage last, Optional<Refusal> refusal, McpMessage.ToolCall call) {
        return said(last, refusal).or(() -> Optional.of(Keeping.USUAL).filter(usual -> !mayHide(last, call)));
    }

    private static Optional<Keeping> said(Stage last, Optional<Refusal> refusal) {
        return switch (last) {
            case Stage.Decided decided ->
                Optional.of(decided.permit().decision().obligations().keeping());
            case Stage.Asked asked -> refusal.flatMap(RecordKeeping::ofRefused);
            case Stage.Received other -> Optional.empty();
            case Stage.Screened other -> Optional.empty();
            case Stage.Routed other -> Optional.empty();
            case Stage.Identified other -> Optional.empty();
            case Stage.Decoded other -> Optional.empty();
        };
    }

    private static Optional<Keeping> ofRefused(Refusal refusal) {
        return refusal instanceof Refusal.MessageDenied denied
                ? Optional.of(denied.decision()).flatMap(Decision.Deny::keeping)
                : Optional.empty();
    }

    private static boolean mayHide(Stage last, McpMessage.ToolCall call) {
        return ExchangeRecord.routed(last)
                .map(routed -> RecordRules.mayHide(
                        routed.policy().document(), routed.route().name(), call.tool()))
                .orElse(true);
    }
}

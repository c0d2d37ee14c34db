package dev.portcullis.proxy.server;

import dev.portcullis.proxy.audit.Outcome;
import dev.portcullis.proxy.exchange.Refusal;
import dev.portcullis.proxy.mcp.Answered;

/// How the end of an exchange is recorded.
final class Outcomes {
    private Outcomes() {}

    /// How the answer of a call is recorded.
    static Outcome of(Answered answer) {
        return switch (answer) {
            case RESULT -> Outcome.SUCCEEDED;
            case TOOL_ERROR -> Outcome.TOOL_ERROR;
            case PROTOCOL_ERROR -> Outcome.PROTOCOL_ERROR;
            case INPUT_REQUIRED -> Outcome.INPUT_REQUIRED;
        };
    }

    /// How a refusal is recorded.
    static Outcome of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.ConnectionDenied denied -> Outcome.DENIED;
            case Refusal.MessageDenied denied -> Outcome.DENIED;
            case Refusal.AskingDenied denied -> Outcome.DENIED;
            case Refusal.UpstreamFailed failed -> Outcome.UPSTREAM_FAILED;
            case Refusal.CutOff _, Refusal.CallCutOff _, Refusal.CallerEnded _ -> Outcome.CANCELLED;
            case Refusal.SessionRevoked revoked when revoked.wasRunning() -> Outcome.CANCELLED;
            default -> Outcome.REFUSED;
        };
    }
}

package dev.portcullis.console.trail;

import dev.portcullis.console.toolcalls.ToolCall;

import java.util.UUID;

/// An exchange and its place in its chain.
public record PlacedCall(UUID chain, long sequence, ToolCall call) {
    public PlacedCall {
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence: " + sequence + " (expected: > 0)");
        }
    }
}

package dev.portcullis.console.toolcalls.ui;

import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.Tone;

import java.util.List;

/// How outcomes are shown. The words are those of `audit.tool_calls`.
final class Outcomes {
    static final List<String> ALL = List.of(
            "succeeded",
            "denied",
            "refused",
            "tool_error",
            "protocol_error",
            "upstream_failed",
            "cancelled",
            "input_required",
            "unknown");

    private Outcomes() {}

    static String label(String outcome) {
        return outcome.replace('_', ' ');
    }

    static Chip chip(String outcome) {
        return new Chip(label(outcome), tone(outcome));
    }

    private static Tone tone(String outcome) {
        return switch (outcome) {
            case "succeeded" -> Tone.GOOD;
            case "denied", "refused" -> Tone.REFUSED;
            case "tool_error", "protocol_error", "upstream_failed" -> Tone.BAD;
            default -> Tone.QUIET;
        };
    }
}

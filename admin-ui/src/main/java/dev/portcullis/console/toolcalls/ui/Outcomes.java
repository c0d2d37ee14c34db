package dev.portcullis.console.toolcalls.ui;

import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.toolcalls.ToolCall;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How outcomes are shown. The words are those of `audit.tool_calls`.
final class Outcomes {
    private Outcomes() {}

    /// All of them, and what a filter asks for when that is several.
    static List<String> with(Optional<String> wanted) {
        return Stream.concat(
                        wanted.stream().filter(outcome -> !ToolCall.OUTCOMES.contains(outcome)),
                        ToolCall.OUTCOMES.stream())
                .toList();
    }

    static String label(String outcome) {
        return outcome.replace('_', ' ').replace(",", " or ");
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

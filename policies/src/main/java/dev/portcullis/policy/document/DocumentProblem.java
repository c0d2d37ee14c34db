package dev.portcullis.policy.document;

import java.util.Optional;

/// One thing wrong, or doubtful, in a policy document.
///
/// @param path a JSON Pointer to it, for instance `/rules/0/allowedNetworks/1`
/// @param line the line it stands at, from 1; 0 when unknown
/// @param value what stands there, shortened
/// @param expected what was expected instead
/// @param suggestion the nearest thing that would be right
public record DocumentProblem(String path, int line, String value, String expected, Optional<String> suggestion) {

    /// One line for people: `line 12: /rules/0/allowedNetwork: "…" (expected: …; did you mean …?)`.
    public String describe() {
        return (line > 0 ? "line " + line + ": " : "")
                + path + ": " + value + " (expected: " + expected
                + suggestion.map(s -> "; did you mean " + s + "?").orElse("") + ")";
    }
}

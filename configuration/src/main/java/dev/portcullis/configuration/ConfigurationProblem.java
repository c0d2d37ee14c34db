package dev.portcullis.configuration;

import java.util.Optional;

/// One thing wrong in a configuration.
///
/// @param path the key's path with dots, for instance `proxy.limits.body`
/// @param where `line 12`, `environment variable PORTCULLIS_…`, or empty when it is nowhere
/// @param value what was found, shortened; `[secret]` for secrets, `missing` when there was nothing
/// @param expected what is expected instead
/// @param suggestion the nearest thing that would be right
public record ConfigurationProblem(
        String path, String where, String value, String expected, Optional<String> suggestion) {
    private static final int LONGEST_VALUE = 80;

    public ConfigurationProblem {
        value = value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE - 1) + "…";
    }

    /// One line for people: `line 12: proxy.limits.body: -1 (expected: > 0)`.
    public String describe() {
        return (where.isEmpty() ? "" : where + ": ")
                + (path.isEmpty() ? "" : path + ": ")
                + value + " (expected: " + expected
                + suggestion.map(nearest -> "; did you mean " + nearest + "?").orElse("") + ")";
    }
}

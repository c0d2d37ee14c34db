package dev.portcullis.console.tools;

import java.util.Map;

/// The tools of a route that claim to change nothing and that nobody has decided about: what would be accepted, as
/// `read`, if somebody said so now.
///
/// @param definitions the definition of each, by the tool's name
/// @param skipped the tools that claim it too and would be left as they are, and why
/// @param tag the entity tag of the policy version that this is true of
public record ReadOnlyClaims(Map<String, String> definitions, Map<String, String> skipped, String tag) {
    public ReadOnlyClaims {
        definitions = Map.copyOf(definitions);
        skipped = Map.copyOf(skipped);
    }
}

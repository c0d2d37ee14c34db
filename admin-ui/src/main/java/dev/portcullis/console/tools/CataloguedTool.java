package dev.portcullis.console.tools;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;

/// A tool as lists have described it, whatever anybody decided about it.
///
/// @param listings how many lists had it
/// @param definitions the newest sighting first; never empty
public record CataloguedTool(
        String route,
        String name,
        OffsetDateTime firstSeenAt,
        OffsetDateTime lastSeenAt,
        long listings,
        List<SeenDefinition> definitions) {
    /// How long after the newest sighting of a tool a definition counts as one that callers are still shown.
    private static final Duration LIVE = Duration.ofHours(1);

    public CataloguedTool {
        definitions = definitions.stream()
                .sorted(Comparator.comparing(SeenDefinition::lastSeenAt)
                        .thenComparing(SeenDefinition::firstSeenAt)
                        .reversed())
                .toList();
        if (definitions.isEmpty()) {
            throw new IllegalArgumentException("definitions: none (expected: at least one)");
        }
    }

    /// The one seen last.
    public SeenDefinition current() {
        return definitions.getFirst();
    }

    /// Those that callers are still shown: several when the upstream describes the tool differently to
    /// different callers. One that no list has had since another came up has been replaced by it.
    public List<SeenDefinition> live() {
        var since = current().lastSeenAt().minus(LIVE);
        return definitions.stream()
                .filter(one -> !one.lastSeenAt().isBefore(since))
                .filter(one ->
                        definitions.stream().noneMatch(other -> one.lastSeenAt().isBefore(other.firstSeenAt())))
                .toList();
    }
}

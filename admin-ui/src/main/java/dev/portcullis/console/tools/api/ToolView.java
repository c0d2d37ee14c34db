package dev.portcullis.console.tools.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.portcullis.console.tools.CatalogueEntry;
import dev.portcullis.console.tools.DefinitionChange;
import dev.portcullis.console.tools.SeenDefinition;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A tool as lists of the REST API show it.
///
/// @param classSource `review`, `profile`, `annotation` or `default`
/// @param definition the one seen last
/// @param liveDefinitions all that callers are shown, the one seen last first
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ToolView(
        String route,
        String name,
        @JsonProperty("class") String toolClass,
        String classSource,
        String definition,
        List<String> liveDefinitions,
        Optional<String> reviewedDefinition,
        String state,
        List<String> blockedBy,
        List<String> heldBackBy,
        Optional<Boolean> readOnlyHint,
        OffsetDateTime firstSeenAt,
        OffsetDateTime lastSeenAt,
        long listings,
        Optional<DefinitionChange> change) {

    static ToolView of(CatalogueEntry entry) {
        var tool = entry.tool();
        var standing = entry.standing();
        return new ToolView(
                tool.route(),
                tool.name(),
                standing.toolClass().wireName(),
                standing.classSource().name().toLowerCase(Locale.ROOT),
                tool.current().definition(),
                tool.live().stream().map(SeenDefinition::definition).toList(),
                standing.reviewedDefinition(),
                standing.state().wireName(),
                standing.blockedBy(),
                standing.heldBackBy(),
                tool.current().readOnlyHint(),
                tool.firstSeenAt(),
                tool.lastSeenAt(),
                tool.listings(),
                entry.change());
    }
}

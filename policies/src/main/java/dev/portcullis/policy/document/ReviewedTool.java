package dev.portcullis.policy.document;

import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.profile.ToolClass;

import java.util.Optional;

/// What somebody decided about a tool after a look at it.
///
/// @param definition the definition they looked at, in the form of [ListedTool#definition]; absent when
///     the class holds whatever the definition
public record ReviewedTool(ToolClass toolClass, Optional<String> definition) {
    public ReviewedTool {
        definition.filter(text -> !ListedTool.isDefinition(text)).ifPresent(text -> {
            throw new IllegalArgumentException("definition: " + text);
        });
    }
}

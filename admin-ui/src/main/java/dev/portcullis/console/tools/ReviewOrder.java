package dev.portcullis.console.tools;

import dev.portcullis.policy.document.ReviewedTool;
import dev.portcullis.policy.profile.ToolClass;

import java.util.Optional;

/// What somebody decides about a tool.
///
/// @param toolClass what it does; as it is now when left out
/// @param definition the definition that is accepted: its hash, or [#CURRENT]; none when left out
/// @param reason for the history
public record ReviewOrder(Optional<ToolClass> toolClass, Optional<String> definition, Optional<String> reason) {
    public static final String CURRENT = "current";

    public ReviewOrder {
        if (toolClass.isEmpty() && definition.isEmpty()) {
            throw new IllegalArgumentException("class, definition: (expected: at least one of them)");
        }
        definition
                .filter(text -> !text.equals(CURRENT) && !text.matches("sha256:[0-9a-f]{64}"))
                .ifPresent(text -> {
                    throw new IllegalArgumentException(
                            "definition: %s (expected: current, or sha256: and 64 hexadecimal digits)".formatted(text));
                });
    }

    /// The decision about `tool`, as the document states it.
    ///
    /// @throws DefinitionMovedException when the definition is not one that callers are shown now
    ReviewedTool about(CataloguedTool tool, ToolStanding standing) {
        return new ReviewedTool(
                toolClass.orElse(standing.toolClass()),
                definition.map(wanted -> wanted.equals(CURRENT) ? current(tool, standing) : live(tool, wanted)));
    }

    private static String live(CataloguedTool tool, String wanted) {
        if (tool.live().stream().noneMatch(one -> one.definition().equals(wanted))) {
            throw new DefinitionMovedException(tool, "is not " + wanted + " any more");
        }
        return wanted;
    }

    /// The one that callers are shown and nobody has accepted yet; else the accepted one.
    private static String current(CataloguedTool tool, ToolStanding standing) {
        var fresh = tool.live().stream()
                .map(SeenDefinition::definition)
                .filter(one -> !standing.reviewedDefinition().equals(Optional.of(one)))
                .toList();
        if (fresh.size() > 1) {
            throw new DefinitionMovedException(tool, "is not the same for all callers");
        }
        return fresh.isEmpty() ? standing.reviewedDefinition().orElseThrow() : fresh.getFirst();
    }
}

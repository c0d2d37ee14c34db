package dev.portcullis.console.tools;

import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.profile.ClassSource;
import dev.portcullis.policy.profile.ToolClass;

import java.util.List;
import java.util.Optional;

/// What the policy in force says of a tool.
///
/// @param reviewedDefinition the definition that was accepted
/// @param blockedBy the rules that deny it to everybody
/// @param heldBackBy the rules that hide and refuse it, from everybody they are about, until somebody accepts what
///     callers are shown
public record ToolStanding(
        ToolClass toolClass,
        ClassSource classSource,
        Optional<String> reviewedDefinition,
        ToolState state,
        List<String> blockedBy,
        List<String> heldBackBy) {

    public ToolStanding {
        blockedBy = List.copyOf(blockedBy);
        heldBackBy = List.copyOf(heldBackBy);
    }

    /// @param document the policy in force; empty when there is none that can be read
    public static ToolStanding of(Optional<PolicyDocument> document, CataloguedTool tool) {
        return new Standings(document).of(tool);
    }

    /// Whether somebody has to look at the tool: nobody has decided anything about it, it is not what was accepted,
    /// or a rule holds it back until somebody does.
    public boolean awaitsReview() {
        return state == ToolState.NEW || state == ToolState.CHANGED || !heldBackBy.isEmpty();
    }
}

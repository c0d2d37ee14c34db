package dev.portcullis.policy.engine;

import dev.portcullis.policy.profile.Actions;
import dev.portcullis.policy.profile.ClassSource;
import dev.portcullis.policy.profile.ToolClass;

import java.util.Optional;

/// What is known of a tool and of one call of it.
///
/// @param toolClass what it does
/// @param source who says so
/// @param actions what the call executes
public record ToolFacts(ToolClass toolClass, ClassSource source, Actions actions) {

    /// The action for records; absent when the call executes none, or names none.
    public Optional<String> action() {
        return actions.summary();
    }
}

package dev.portcullis.console.tools.ui;

import dev.portcullis.policy.profile.ToolClass;

import java.util.Optional;

/// What somebody has filled in about a tool and not sent yet.
///
/// @param definition the one they are looking at
record Review(ToolClass toolClass, String definition, String reason) {
    Optional<String> reasonGiven() {
        return Optional.of(reason.strip()).filter(words -> !words.isEmpty());
    }
}

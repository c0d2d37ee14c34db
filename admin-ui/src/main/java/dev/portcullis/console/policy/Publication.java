package dev.portcullis.console.policy;

import dev.portcullis.console.events.AdminEvent;

import java.util.Map;

/// A document about to be published.
///
/// @param document its text, already found valid
/// @param event what admin event it is recorded as
public record Publication(String document, String comment, String author, String event, Map<String, String> detail) {
    public Publication {
        detail = Map.copyOf(detail);
    }

    public static Publication of(String document, String comment, String author) {
        return new Publication(document, comment, author, AdminEvent.POLICY_PUBLISHED, Map.of("comment", comment));
    }

    public static Publication restoring(PolicyVersion version, String author) {
        return new Publication(
                version.document(),
                "Restored version " + version.version(),
                author,
                AdminEvent.POLICY_RESTORED,
                Map.of("restored", Long.toString(version.version())));
    }
}

package dev.portcullis.console.policy;

import dev.portcullis.console.events.AdminEvent;

import java.util.Map;
import java.util.Optional;

/// A document about to be published.
///
/// @param document its text, already found valid
/// @param own the organization's own Rego that goes with it, compiled; empty to keep what is in force
/// @param source what it is called where the document has its home, for instance a commit
/// @param event what admin event it is recorded as
public record Publication(
        String document,
        Optional<OwnRego> own,
        String comment,
        String author,
        Optional<String> source,
        String event,
        Map<String, String> detail) {
    public Publication {
        detail = Map.copyOf(detail);
    }

    public static Publication of(String document, String comment, String author) {
        return new Publication(
                document,
                Optional.empty(),
                comment,
                author,
                Optional.empty(),
                AdminEvent.POLICY_PUBLISHED,
                Map.of("comment", comment));
    }

    /// A document that comes from where it has its home.
    public static Publication from(String source, String document, String comment, String author) {
        return new Publication(
                document,
                Optional.empty(),
                comment,
                author,
                Optional.of(source),
                AdminEvent.POLICY_PUBLISHED,
                Map.of("comment", comment, "source", source));
    }

    public static Publication restoring(PolicyVersion version, String author) {
        return new Publication(
                version.document(),
                Optional.empty(),
                "Restored version " + version.version(),
                author,
                Optional.empty(),
                AdminEvent.POLICY_RESTORED,
                Map.of("restored", Long.toString(version.version())));
    }

    /// The same with these modules.
    public Publication with(OwnRego modules) {
        return new Publication(document, Optional.of(modules), comment, author, source, event, detail);
    }
}

package dev.portcullis.console.credentials;

import dev.portcullis.secrets.CredentialSettings;
import tools.jackson.databind.JsonNode;

import java.time.OffsetDateTime;
import java.util.List;

/// A credential as everybody may see it: all but its secret.
///
/// @param revision how often it was set
public record CredentialRecord(
        String name, CredentialSettings settings, long revision, String updatedBy, OffsetDateTime updatedAt) {

    /// The origins that may be shown it.
    public List<String> upstreams() {
        return settings.settings()
                .path("upstreams")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }
}

package dev.portcullis.console.credentials;

import dev.portcullis.secrets.CredentialSettings;
import tools.jackson.databind.JsonNode;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/// A credential as everybody may see it: all but its secret.
///
/// @param expiresAt when its secret ends, as far as somebody has said so: the gateway goes on showing it
/// @param revision how often it was set or changed
public record CredentialRecord(
        String name,
        CredentialSettings settings,
        Optional<OffsetDateTime> expiresAt,
        long revision,
        String updatedBy,
        OffsetDateTime updatedAt) {

    /// The origins that may be shown it.
    public List<String> upstreams() {
        return settings.settings()
                .path("upstreams")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }
}

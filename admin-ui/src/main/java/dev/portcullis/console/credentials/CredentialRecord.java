package dev.portcullis.console.credentials;

import dev.portcullis.secrets.CredentialSettings;

import java.time.OffsetDateTime;

/// A credential as everybody may see it: all but its secret.
///
/// @param revision how often it was set
public record CredentialRecord(
        String name, CredentialSettings settings, long revision, String updatedBy, OffsetDateTime updatedAt) {}

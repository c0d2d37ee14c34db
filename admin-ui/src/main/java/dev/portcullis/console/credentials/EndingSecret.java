package dev.portcullis.console.credentials;

import dev.portcullis.configuration.Secret;

import java.time.OffsetDateTime;
import java.util.Optional;

/// A secret, and when whoever issued it ends it. Another secret has another end: none is taken over from the one
/// before.
///
/// @param expiresAt as somebody knows it; empty when nobody has said so
public record EndingSecret(Secret secret, Optional<OffsetDateTime> expiresAt) {}

package dev.portcullis.console.evidence;

import java.util.Optional;

/// A version of the policy, as evidence has it.
///
/// @param facts everything but the texts, as JSON
/// @param before the document of the version before it
/// @param modules the organization's own Rego, as JSON
public record PolicyEvidence(long version, String facts, String document, Optional<String> before, String modules) {}

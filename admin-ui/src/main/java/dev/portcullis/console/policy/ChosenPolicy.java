package dev.portcullis.console.policy;

import dev.portcullis.policy.document.PolicyDocument;

/// A policy that questions can be put to.
///
/// @param own the organization's own rules beside it
/// @param version its number; that of the next publication for what is not published
public record ChosenPolicy(String name, long version, PolicyDocument document, OwnRego own) {}

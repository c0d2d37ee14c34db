package dev.portcullis.console.promotion;

import dev.portcullis.console.policy.PolicyDraft;

/// A rule of the draft in another mode, and what it would have refused as it was.
public record Promotion(String rule, String mode, PolicyDraft draft, ObservedCalls observed) {}

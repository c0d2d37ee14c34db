package dev.portcullis.console.evaluation;

import dev.portcullis.console.policy.PolicyChoice;
import dev.portcullis.policy.PolicyInput;

import java.util.UUID;

/// What somebody wants to have explained.
public sealed interface Enquiry {
    PolicyChoice policy();

    /// A request that nobody has sent.
    record Imagined(PolicyChoice policy, PolicyInput input) implements Enquiry {}

    /// A request that was recorded.
    record Recorded(PolicyChoice policy, UUID exchange) implements Enquiry {}
}

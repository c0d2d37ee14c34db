package dev.portcullis.configuration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What the whole installation must be told about evaluating its policy.
///
/// @param opa the program that compiles an organization's own Rego, for the console; without it modules
///     are compiled elsewhere
/// @param ownRulesBudget how long one evaluation of an organization's own Rego may take on a processor,
///     besides reading its input
public record PolicySettings(Optional<Path> opa, Duration ownRulesBudget) {
    private static final Duration BUDGET = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final PolicySettings USUAL = new PolicySettings(Optional.empty(), BUDGET);

    public PolicySettings {
        if (!ownRulesBudget.isPositive() || ownRulesBudget.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "policy.ownRulesBudget: " + ownRulesBudget + " (expected: more than 0, at most 1s)");
        }
    }

    public static PolicySettings usual() {
        return USUAL;
    }

    /// Reads the section `policy`.
    public static PolicySettings from(Settings file) {
        var section = file.section("policy");
        var opa = section.file("opa");
        var budget = section.duration("ownRulesBudget", BUDGET);
        if (budget.compareTo(LONGEST) > 0) {
            section.reject("ownRulesBudget", "at most 1s");
            budget = BUDGET;
        }
        return new PolicySettings(opa, budget);
    }
}

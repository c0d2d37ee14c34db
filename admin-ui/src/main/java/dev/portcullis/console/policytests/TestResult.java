package dev.portcullis.console.policytests;

import java.util.List;

/// What came of one regression test.
///
/// @param decision `allow`, `deny` or `undecided`
/// @param refusedBy the rules that refused
/// @param differences what was expected and what is, in lines; none when it passed
/// @param reasons of one that failed, every rule's part in the decision
public record TestResult(
        PolicyTestCase test, String decision, List<String> refusedBy, List<String> differences, List<Reason> reasons) {
    public TestResult {
        refusedBy = List.copyOf(refusedBy);
        differences = List.copyOf(differences);
        reasons = List.copyOf(reasons);
    }

    /// One rule's part.
    ///
    /// @param says all of it in one line
    public record Reason(String rule, boolean refuses, String says) {}

    public boolean passed() {
        return differences.isEmpty();
    }

    /// Whether a policy with this result must not be published.
    public boolean blocks() {
        return !passed() && test.notGating().isEmpty();
    }

    /// In one line.
    public String describe() {
        return test.name() + ": " + (passed() ? "passes" : String.join("; ", differences));
    }
}

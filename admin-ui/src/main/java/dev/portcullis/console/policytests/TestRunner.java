package dev.portcullis.console.policytests;

import dev.portcullis.console.evaluation.ReadyPolicy;
import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Explanation;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.engine.RequestSubjects;
import dev.portcullis.policy.engine.WhyNot;
import dev.portcullis.policy.scenario.Scenario;

import java.util.List;
import java.util.stream.Collectors;

/// Puts regression tests to a policy, without the kills that are engaged: a test is about the document.
final class TestRunner {
    /// Of so many that fail each rule's part is told, and of so many rules.
    private static final int EXPLAINED = 50;

    private static final int RULES = 500;

    private final ReadyPolicy policy;
    private final PolicyDocument document;
    private int explained;

    TestRunner(ReadyPolicy policy) {
        this.policy = policy;
        this.document = policy.chosen().document();
    }

    List<TestResult> run(List<PolicyTest> tests) {
        return tests.stream().map(PolicyTest::content).map(this::run).toList();
    }

    private TestResult run(PolicyTestCase test) {
        final Scenario.Case asked;
        try {
            asked = test.of(document);
        } catch (IllegalArgumentException e) {
            return new TestResult(test, "undecided", List.of(), List.of(String.valueOf(e.getMessage())), List.of());
        }
        var decision = policy.decide(asked.input());
        var differences = asked.expected().differences(decision);
        return new TestResult(
                test,
                name(decision),
                decision instanceof Decision.Deny deny ? deny.rules() : List.of(),
                differences,
                differences.isEmpty() || explained++ >= EXPLAINED ? List.of() : reasons(asked.input()));
    }

    private List<TestResult.Reason> reasons(PolicyInput input) {
        var explanation = policy.explain(input);
        var whyNot = new WhyNot(document, RequestSubjects.of(document, input));
        return explanation.rules().stream()
                .filter(Explanation.RulePart::asked)
                .sorted((one, other) -> Boolean.compare(other.refuses(), one.refuses()))
                .limit(RULES)
                .map(part -> new TestResult.Reason(part.rule(), part.refuses(), says(part, whyNot)))
                .toList();
    }

    private static String says(Explanation.RulePart part, WhyNot whyNot) {
        var mismatches = whyNot.of(part);
        return mismatches.isEmpty()
                ? part.describe()
                : part.rule() + ": does not match; "
                        + mismatches.stream().map(WhyNot.Mismatch::describe).collect(Collectors.joining("; "));
    }

    private static String name(Decision decision) {
        return switch (decision) {
            case Decision.Allow _ -> "allow";
            case Decision.Deny _ -> "deny";
            case Decision.Undecided _ -> "undecided";
        };
    }
}

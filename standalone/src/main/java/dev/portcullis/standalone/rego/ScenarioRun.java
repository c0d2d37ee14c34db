package dev.portcullis.standalone.rego;

import dev.portcullis.policy.PolicyDecisionPoint;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.engine.EmbeddedDecisionPoint;
import dev.portcullis.policy.engine.OwnRules;
import dev.portcullis.policy.engine.TightenedDecisionPoint;
import dev.portcullis.policy.scenario.Scenario;
import dev.portcullis.policy.scenario.ScenarioException;
import dev.portcullis.standalone.process.CannotStart;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Evaluates scenario files with the engine that proxies have.
public final class ScenarioRun {
    private final Optional<PolicyDocument> standing;
    private final Optional<OwnRules> own;
    private final PrintWriter out;
    private int passed;
    private int failed;

    /// @param standing the document of scenarios that have none of their own
    /// @param own the organization's own rules, which tighten every scenario
    public ScenarioRun(Optional<PolicyDocument> standing, Optional<OwnRules> own, PrintWriter out) {
        this.standing = standing;
        this.own = own;
        this.out = out;
    }

    /// @throws CannotStart when the file is no scenario
    public void run(Path file) {
        try {
            var scenario = Scenario.read(RegoFolder.text(file), standing);
            out.println(file + ": " + scenario.title());
            var policy = policy(scenario.document());
            scenario.cases().forEach(one -> run(one, policy));
        } catch (ScenarioException e) {
            throw new CannotStart(file + ": " + e.getMessage(), e);
        }
    }

    public int passed() {
        return passed;
    }

    public int failed() {
        return failed;
    }

    private PolicyDecisionPoint policy(PolicyDocument document) {
        var policy = EmbeddedDecisionPoint.compile(document, 0, List.of(), 1);
        return own.<PolicyDecisionPoint>map(rules -> new TightenedDecisionPoint(policy, rules, document))
                .orElse(policy);
    }

    private void run(Scenario.Case one, PolicyDecisionPoint policy) {
        var differences =
                one.expected().differences(policy.decideHere(one.input()).orElseThrow());
        if (differences.isEmpty()) {
            passed++;
            out.println("  ok    " + one.name());
        } else {
            failed++;
            out.println("  FAIL  " + one.name());
            differences.forEach(difference -> out.println("          " + difference));
        }
    }
}

package dev.portcullis.console.policytests;

import dev.portcullis.console.evaluation.ReadyPolicy;
import dev.portcullis.console.policy.ChosenPolicy;
import dev.portcullis.console.policy.OwnRego;
import dev.portcullis.console.policy.PublicationGate;
import dev.portcullis.console.policytests.query.PolicyTestQuery;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.engine.OwnRules;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.List;

/// Lets nothing be published that decides otherwise than the regression tests say.
@Component
class RegressionGate implements PublicationGate {
    /// Tests say what is decided, not how fast: each is asked once, by code that runs for the first time.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final PolicyTestQuery query;

    RegressionGate(PolicyTestQuery query) {
        this.query = query;
    }

    /// @throws FailedTestsException when a test fails that publication waits for
    @Override
    public void check(PolicyDocument document, OwnRego own) {
        var tests = query.current().stream()
                .filter(test -> test.notGating().isEmpty())
                .toList();
        if (tests.isEmpty()) {
            return;
        }
        var rules = own.compiled().map(program -> OwnRules.load(program, PATIENCE, 1));
        rules.ifPresent(loaded -> loaded.warmUp(document));
        var policy = ReadyPolicy.of(new ChosenPolicy("candidate", 0, document, own), rules, List.of(), 1);
        var failed = new TestRunner(policy)
                .run(tests).stream().filter(TestResult::blocks).toList();
        if (!failed.isEmpty()) {
            throw new FailedTestsException(failed);
        }
    }
}

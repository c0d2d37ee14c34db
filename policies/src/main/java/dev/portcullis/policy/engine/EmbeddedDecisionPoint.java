package dev.portcullis.policy.engine;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Eventual;
import dev.portcullis.policy.Explanation;
import dev.portcullis.policy.Kill;
import dev.portcullis.policy.PolicyDecisionPoint;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.document.PolicyDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Supplier;

/// The compiled policy, evaluated by OPA's WebAssembly engine in this process.
///
/// Each decision borrows one evaluator from a fixed pool and gives it back. A pool that has none left
/// answers *undecided* at once: nothing here waits. An evaluator that failed is thrown away and
/// replaced in the background.
public final class EmbeddedDecisionPoint implements PolicyDecisionPoint {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDecisionPoint.class);

    private final long version;
    private final String data;
    private final InputWriter inputs;
    private final AnswerReader answers;
    private final ArrayBlockingQueue<Evaluator> idle;
    private final RecentInputs recent;

    private EmbeddedDecisionPoint(
            PolicyDocument document, long version, List<Kill> kills, int evaluators, RecentInputs recent) {
        this.version = version;
        this.recent = recent;
        data = PublishedData.write(document, version, kills);
        inputs = new InputWriter(document);
        answers = new AnswerReader(version);
        idle = new ArrayBlockingQueue<>(evaluators);
        for (var i = 0; i < evaluators; i++) {
            idle.add(CompiledPolicy.shipped().evaluator(data));
        }
    }

    /// Compiles a document and the kills engaged. Takes milliseconds for each evaluator, and about a
    /// second when it is the first in the process: call it off the event loop.
    ///
    /// @param version the version of the document, named by every decision
    /// @param evaluators how many threads ask at once without waiting; one for each event loop
    /// @throws IllegalStateException when the policy does not answer the questions it is warmed up with
    public static EmbeddedDecisionPoint compile(
            PolicyDocument document, long version, List<Kill> kills, int evaluators) {
        return compile(document, version, kills, evaluators, new RecentInputs());
    }

    /// The same, tried out with what was asked lately.
    ///
    /// @param recent what was asked of the policies before this one; what is asked of this one joins it
    public static EmbeddedDecisionPoint compile(
            PolicyDocument document, long version, List<Kill> kills, int evaluators, RecentInputs recent) {
        var decisionPoint = new EmbeddedDecisionPoint(document, version, kills, evaluators, recent);
        WarmUp.of(document).with(recent.about(document)).run(decisionPoint);
        return decisionPoint;
    }

    @Override
    public Eventual.Now<Decision> decide(PolicyInput input) {
        return new Eventual.Now<>(decision(input));
    }

    private Decision decision(PolicyInput input) {
        try {
            var decision = answers.decision(evaluate(Evaluator.Entrypoint.DECISION, input));
            recent.answered(input);
            return decision;
        } catch (RuntimeException | StackOverflowError e) {
            return undecided(e);
        }
    }

    /// Says why the policy decides as it does about one request. As fast as a decision, and as safe.
    public Explanation explain(PolicyInput input) {
        try {
            return answers.explanation(evaluate(Evaluator.Entrypoint.EXPLANATION, input));
        } catch (RuntimeException | StackOverflowError e) {
            return new Explanation(undecided(e), List.of());
        }
    }

    /// The version of the document this decides by.
    public long version() {
        return version;
    }

    /// Runs something while every evaluator is taken, for tests of that case.
    <T> T withoutEvaluators(Supplier<T> action) {
        var taken = new ArrayList<Evaluator>();
        idle.drainTo(taken);
        try {
            return action.get();
        } finally {
            idle.addAll(taken);
        }
    }

    private String evaluate(Evaluator.Entrypoint entrypoint, PolicyInput input) {
        var json = inputs.write(input);
        var evaluator = idle.poll();
        if (evaluator == null) {
            throw new NoAnswer("every evaluator is busy");
        }
        var answered = false;
        try {
            var answer = evaluator.evaluate(entrypoint, json);
            answered = true;
            return answer;
        } finally {
            if (answered) {
                idle.add(evaluator);
            } else {
                Thread.startVirtualThread(
                        () -> Replacement.of(() -> CompiledPolicy.shipped().evaluator(data), idle));
            }
        }
    }

    private Decision.Undecided undecided(Throwable reason) {
        if (!(reason instanceof NoAnswer)) {
            LOG.atWarn().setCause(reason).addKeyValue("policy.version", version).log("the policy failed");
        }
        return new Decision.Undecided(version, String.valueOf(reason.getMessage()));
    }
}

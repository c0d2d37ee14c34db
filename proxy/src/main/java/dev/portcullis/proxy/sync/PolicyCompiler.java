package dev.portcullis.proxy.sync;

import dev.portcullis.configuration.PolicySettings;
import dev.portcullis.policy.Kill;
import dev.portcullis.policy.PolicyDecisionPoint;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReadResult;
import dev.portcullis.policy.engine.EmbeddedDecisionPoint;
import dev.portcullis.policy.engine.OpaClient;
import dev.portcullis.policy.engine.OpaDecisionPoint;
import dev.portcullis.policy.engine.OwnRules;
import dev.portcullis.policy.engine.RecentInputs;
import dev.portcullis.policy.rego.CompiledRego;

import java.time.Duration;
import java.util.List;

/// Turns what the database holds into something that decides. May take its time; never called on an
/// event loop.
@FunctionalInterface
public interface PolicyCompiler {

    /// Throws a [RuntimeException] when the document, though valid, cannot be compiled.
    PolicyDecisionPoint compile(PolicyDocument document, long version, List<Kill> kills);

    default ReadResult read(String text) {
        return DocumentReader.read(text);
    }

    /// The organization's own rules that go with a document, ready to be asked.
    ///
    /// Throws a [RuntimeException] when they cannot be.
    default OwnRules load(CompiledRego program, PolicyDocument document) {
        throw new UnsupportedOperationException("no engine for an organization's own rules");
    }

    /// The engine in this process.
    ///
    /// @param evaluators how many threads ask at once without waiting; one for each event loop
    /// @param ownRulesBudget how long one evaluation of an organization's own rules may take
    static PolicyCompiler embedded(int evaluators, Duration ownRulesBudget) {
        var recent = new RecentInputs();
        return beside(
                new OwnRulesLoader(ownRulesBudget, evaluators),
                (document, version, kills) ->
                        EmbeddedDecisionPoint.compile(document, version, kills, evaluators, recent));
    }

    /// The same with the usual budget.
    static PolicyCompiler embedded(int evaluators) {
        return embedded(evaluators, PolicySettings.usual().ownRulesBudget());
    }

    /// An OPA server. An organization's own rules are asked in this process all the same.
    ///
    /// @param evaluators as for [#embedded]; for what this process decides
    /// @param ownRulesBudget as for [#embedded]
    static PolicyCompiler opa(OpaClient opa, int evaluators, Duration ownRulesBudget) {
        return beside(
                new OwnRulesLoader(ownRulesBudget, evaluators),
                (document, version, kills) -> OpaDecisionPoint.of(opa, document, version, kills, evaluators));
    }

    private static PolicyCompiler beside(OwnRulesLoader own, PolicyCompiler engine) {
        return new PolicyCompiler() {
            @Override
            public PolicyDecisionPoint compile(PolicyDocument document, long version, List<Kill> kills) {
                return engine.compile(document, version, kills);
            }

            @Override
            public OwnRules load(CompiledRego program, PolicyDocument document) {
                return own.load(program, document);
            }
        };
    }

    /// How an organization's own rules are made ready.
    record OwnRulesLoader(Duration budget, int evaluators) {
        OwnRules load(CompiledRego program, PolicyDocument document) {
            var own = OwnRules.load(program, budget, evaluators);
            own.warmUp(document);
            return own;
        }
    }
}

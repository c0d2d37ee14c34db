package dev.portcullis.console.evaluation;

import dev.portcullis.console.policy.ChosenPolicy;
import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Explanation;
import dev.portcullis.policy.Kill;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.engine.EmbeddedDecisionPoint;
import dev.portcullis.policy.engine.OwnRules;
import dev.portcullis.policy.engine.TightenedDecisionPoint;

import java.util.List;
import java.util.Optional;

/// A chosen policy, compiled, with the organization's own rules beside it. Safe for as many threads as it
/// was made for.
public final class ReadyPolicy {
    private final ChosenPolicy chosen;
    private final EmbeddedDecisionPoint document;
    private final Optional<TightenedDecisionPoint> tightened;

    private ReadyPolicy(
            ChosenPolicy chosen, EmbeddedDecisionPoint document, Optional<TightenedDecisionPoint> tightened) {
        this.chosen = chosen;
        this.document = document;
        this.tightened = tightened;
    }

    public static ReadyPolicy of(ChosenPolicy chosen, LoadedRules own, List<Kill> kills, int threads) {
        return of(chosen, own.of(chosen.document(), chosen.own()), kills, threads);
    }

    /// The same with the organization's own rules, as far as there are any, loaded already.
    public static ReadyPolicy of(ChosenPolicy chosen, Optional<OwnRules> own, List<Kill> kills, int threads) {
        var engine = EmbeddedDecisionPoint.compile(chosen.document(), chosen.version(), kills, threads);
        return new ReadyPolicy(
                chosen, engine, own.map(rules -> new TightenedDecisionPoint(engine, rules, chosen.document())));
    }

    public ChosenPolicy chosen() {
        return chosen;
    }

    public Decision decide(PolicyInput input) {
        return tightened
                .flatMap(own -> own.decideHere(input))
                .orElseGet(() -> document.decide(input).value());
    }

    public Explanation explain(PolicyInput input) {
        var explanation = document.explain(input);
        return tightened.map(own -> own.tighten(explanation, input)).orElse(explanation);
    }
}

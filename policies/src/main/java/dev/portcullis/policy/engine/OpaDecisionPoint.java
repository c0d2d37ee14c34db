package dev.portcullis.policy.engine;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Eventual;
import dev.portcullis.policy.Explanation;
import dev.portcullis.policy.Kill;
import dev.portcullis.policy.PolicyDecisionPoint;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Wishes;
import dev.portcullis.policy.document.PolicyDocument;
import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// The policy, evaluated by an OPA server that has it as a bundle.
///
/// Two things do not depend on how soon the server has the newest bundle. Kills are decided in this
/// process, before anybody is asked, and by the same Rego. And an answer counts only when it comes from
/// the version in force here, because the question was written with that version; a server that has
/// another one is asked again as long as there is time, and then nothing is decided.
public final class OpaDecisionPoint implements PolicyDecisionPoint {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final OpaClient opa;
    private final long version;
    private final InputWriter inputs;
    private final AnswerReader answers;
    private final EmbeddedDecisionPoint kills;

    private OpaDecisionPoint(OpaClient opa, PolicyDocument document, long version, EmbeddedDecisionPoint kills) {
        this.opa = opa;
        this.version = version;
        this.kills = kills;
        // Arguments as they are: the server may have rules of the organization's own.
        inputs = new InputWriter(document, true);
        answers = new AnswerReader(version);
    }

    /// Compiles the kills engaged; the document is the server's affair. Takes milliseconds: call it off the
    /// event loop.
    ///
    /// @param version the version of the document, which the server's answers must name
    /// @param evaluators how many threads ask at once without waiting; one for each event loop
    public static OpaDecisionPoint of(
            OpaClient opa, PolicyDocument document, long version, List<Kill> kills, int evaluators) {
        var routes = new PolicyDocument(document.organization(), document.routes(), List.of(), Map.of());
        return new OpaDecisionPoint(
                opa, document, version, EmbeddedDecisionPoint.compile(routes, version, kills, evaluators));
    }

    @Override
    public Eventual<Decision> decide(PolicyInput input) {
        var here = killed(input);
        return here instanceof Decision.Allow notKilled
                ? Eventual.later(ask("decision", input, answers::decision)
                        .thenApply(decision -> tightened(decision, notKilled))
                        .exceptionally(this::undecided))
                : Eventual.now(here);
    }

    @Override
    public Optional<Decision> decideHere(PolicyInput input) {
        return Optional.of(killed(input)).filter(decision -> !(decision instanceof Decision.Allow));
    }

    /// Says why the policy decides as it does about one request; kills that refuse are known here.
    public Eventual<Explanation> explain(PolicyInput input) {
        var here = killed(input);
        return Eventual.later(ask("explanation", input, answers::explanation)
                .exceptionally(fault -> new Explanation(undecided(fault), List.of()))
                .thenApply(told -> new Explanation(
                        here instanceof Decision.Allow notKilled ? tightened(told.decision(), notKilled) : here,
                        told.rules())));
    }

    /// What the kills say; wishes are the server's affair.
    private Decision killed(PolicyInput input) {
        return kills.decide(new PolicyInput(
                        input.exchange(),
                        input.organization(),
                        input.time(),
                        input.route(),
                        input.caller(),
                        input.client(),
                        Wishes.none(),
                        input.question()))
                .value();
    }

    /// Of a list, only what no kill hides.
    private static Decision tightened(Decision decision, Decision.Allow notKilled) {
        if (!(decision instanceof Decision.Allow allow) || allow.visible().isEmpty()) {
            return decision;
        }
        var visible = new HashSet<>(allow.visible());
        visible.retainAll(notKilled.visible());
        return new Decision.Allow(allow.policyVersion(), allow.obligations(), visible, allow.observed());
    }

    private <T> CompletionStage<T> ask(String rule, PolicyInput input, Function<JsonNode, T> reader) {
        try {
            return ask(
                    rule,
                    inputs.write(input),
                    reader,
                    System.nanoTime() + opa.timeout().toNanos());
        } catch (RuntimeException | StackOverflowError e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private <T> CompletionStage<T> ask(String rule, byte[] input, Function<JsonNode, T> reader, long end) {
        return opa.ask(rule, input, left(end), reader).exceptionallyCompose(fault -> {
            if (cause(fault) instanceof OtherVersion && left(end).compareTo(PAUSE.multipliedBy(2)) > 0) {
                var later = CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                return CompletableFuture.supplyAsync(() -> ask(rule, input, reader, end), later)
                        .thenCompose(Function.identity());
            }
            return CompletableFuture.failedStage(fault);
        });
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
    }

    private Decision undecided(Throwable fault) {
        return new Decision.Undecided(version, String.valueOf(cause(fault).getMessage()));
    }

    private static Throwable cause(Throwable fault) {
        return fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
    }
}

package dev.portcullis.proxy.sync;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Eventual;
import dev.portcullis.policy.Kill;
import dev.portcullis.policy.PolicyDecisionPoint;
import dev.portcullis.policy.document.DocumentProblem;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReadResult;
import dev.portcullis.policy.engine.OwnRules;
import dev.portcullis.policy.engine.TightenedDecisionPoint;
import dev.portcullis.policy.rego.CompiledRego;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/// Makes snapshots of what is published, and keeps the last good one.
///
/// A version that cannot be read or compiled changes nothing, except that kills still take effect on
/// the version before it. Kills that cannot be compiled at all refuse everything. One thread updates;
/// any thread may look.
final class PolicyInForce {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyInForce.class);

    private final PolicyCompiler compiler;
    private volatile Optional<PolicySnapshot> snapshot = Optional.empty();
    private volatile Optional<Rejection> rejection = Optional.empty();
    private final LongAdder rejections = new LongAdder();
    // Only the updating thread uses these: the rules of the snapshot, and those of the version to come.
    private Optional<OwnRules> own = Optional.empty();
    private Optional<Loading> loading = Optional.empty();

    PolicyInForce(PolicyCompiler compiler) {
        this.compiler = compiler;
    }

    /// A version that is published and cannot be used, and why.
    record Rejection(long version, String reason) {}

    /// What a decision point is made of, but for the kills.
    private record Source(PolicyDocument document, long version, Optional<OwnRules> own) {}

    /// Making an organization's own rules ready takes seconds, in which kills must not wait.
    private record Loading(long version, CompletableFuture<OwnRules> rules) {}

    Optional<PolicySnapshot> snapshot() {
        return snapshot;
    }

    Optional<Rejection> rejection() {
        return rejection;
    }

    long rejections() {
        return rejections.sum();
    }

    /// The version that need not be read again.
    OptionalLong seen() {
        return rejection
                .map(rejected -> OptionalLong.of(rejected.version()))
                .or(() -> snapshot.map(current -> OptionalLong.of(current.version())))
                .orElse(OptionalLong.empty());
    }

    /// Puts in force what is published now.
    ///
    /// @param published a version other than [#seen], if there is one
    /// @return whether something is in force that was not before
    boolean update(Optional<PublishedPolicy.Version> published, List<Kill> kills) {
        var isNewInForce = published
                .flatMap(this::read)
                .flatMap(source -> compile(source, kills))
                .map(this::putInForce)
                .isPresent();
        return isNewInForce || updateKills(kills);
    }

    private boolean updateKills(List<Kill> kills) {
        var outdated = snapshot.filter(current -> !current.kills().equals(kills));
        outdated.map(current -> withKills(current, kills)).ifPresent(next -> snapshot = Optional.of(next));
        return outdated.isPresent();
    }

    private Optional<Source> read(PublishedPolicy.Version version) {
        try {
            return switch (compiler.read(version.document())) {
                case ReadResult.Valid valid -> source(valid.document(), version);
                case ReadResult.Invalid invalid -> {
                    reject(version.number(), describe(invalid.errors()));
                    yield Optional.empty();
                }
            };
        } catch (RuntimeException | StackOverflowError e) {
            reject(version.number(), e.toString());
            return Optional.empty();
        }
    }

    /// Empty while the organization's own rules are still being made ready.
    private Optional<Source> source(PolicyDocument document, PublishedPolicy.Version version) {
        if (version.ownRego().isEmpty()) {
            return Optional.of(new Source(document, version.number(), Optional.empty()));
        }
        var current = loading.filter(begun -> begun.version() == version.number())
                .orElseGet(() ->
                        begin(document, version.number(), version.ownRego().get()));
        loading = Optional.of(current).filter(begun -> !begun.rules().isDone());
        if (current.rules().isCompletedExceptionally()) {
            throw new IllegalStateException(current.rules().exceptionNow());
        }
        return loading.isPresent()
                ? Optional.empty()
                : Optional.of(new Source(
                        document, version.number(), Optional.of(current.rules().resultNow())));
    }

    private Loading begin(PolicyDocument document, long version, CompiledRego program) {
        var rules = CompletableFuture.supplyAsync(
                () -> compiler.load(program, document),
                task -> Thread.ofPlatform().name("own-rules").daemon().start(task));
        return new Loading(version, rules);
    }

    private Optional<PolicySnapshot> compile(Source source, List<Kill> kills) {
        try {
            var snapshot = new PolicySnapshot(
                    source.version(),
                    source.document(),
                    kills,
                    tightened(
                            compiler.compile(source.document(), source.version(), kills),
                            source.own(),
                            source.document()));
            own = source.own();
            return Optional.of(snapshot);
        } catch (RuntimeException | StackOverflowError e) {
            reject(source.version(), e.toString());
            return Optional.empty();
        }
    }

    private PolicySnapshot putInForce(PolicySnapshot next) {
        snapshot = Optional.of(next);
        rejection = Optional.empty();
        return next;
    }

    private PolicySnapshot withKills(PolicySnapshot current, List<Kill> kills) {
        try {
            var decisionPoint = compiler.compile(current.document(), current.version(), kills);
            return new PolicySnapshot(
                    current.version(), current.document(), kills, tightened(decisionPoint, own, current.document()));
        } catch (RuntimeException | StackOverflowError e) {
            LOG.atError().setCause(e).log("kills cannot be compiled; everything is refused");
            return new PolicySnapshot(current.version(), current.document(), kills, refuseAll(current.version()));
        }
    }

    private static PolicyDecisionPoint tightened(
            PolicyDecisionPoint policy, Optional<OwnRules> own, PolicyDocument document) {
        return own.<PolicyDecisionPoint>map(rules -> new TightenedDecisionPoint(policy, rules, document))
                .orElse(policy);
    }

    private static PolicyDecisionPoint refuseAll(long version) {
        return input -> Eventual.now(new Decision.Undecided(version, "the kills engaged cannot be compiled"));
    }

    private void reject(long version, String reason) {
        rejection = Optional.of(new Rejection(version, reason));
        rejections.increment();
        LOG.atError()
                .addKeyValue("version", version)
                .addKeyValue("reason", reason)
                .log("published policy cannot be used; the version before it stays in force");
    }

    private static String describe(List<DocumentProblem> errors) {
        return errors.stream().map(DocumentProblem::describe).collect(Collectors.joining("; "));
    }
}

package dev.portcullis.proxy.sync;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Eventual;
import dev.portcullis.policy.Kill;
import dev.portcullis.policy.PolicyDecisionPoint;
import dev.portcullis.policy.document.DocumentProblem;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReadResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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

    PolicyInForce(PolicyCompiler compiler) {
        this.compiler = compiler;
    }

    /// A version that is published and cannot be used, and why.
    record Rejection(long version, String reason) {}

    private record Source(PolicyDocument document, long version) {}

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
                case ReadResult.Valid valid -> Optional.of(new Source(valid.document(), version.number()));
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

    private Optional<PolicySnapshot> compile(Source source, List<Kill> kills) {
        try {
            var decisionPoint = compiler.compile(source.document(), source.version(), kills);
            return Optional.of(new PolicySnapshot(source.version(), source.document(), kills, decisionPoint));
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
            return new PolicySnapshot(current.version(), current.document(), kills, decisionPoint);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.atError().setCause(e).log("kills cannot be compiled; everything is refused");
            return new PolicySnapshot(current.version(), current.document(), kills, refuseAll(current.version()));
        }
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

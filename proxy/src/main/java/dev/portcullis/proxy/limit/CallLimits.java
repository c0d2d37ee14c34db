package dev.portcullis.proxy.limit;

import dev.portcullis.proxy.config.CallLimitSettings;
import dev.portcullis.proxy.sync.Database;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;

/// Counts calls: with the other replicas while the database answers in time, and otherwise as each rule
/// wants it. Then a rule refuses, or lets this replica count its share alone, and never just lets calls
/// through. Safe for all threads; never blocks.
public final class CallLimits implements AutoCloseable {
    private final Optional<Shared> shared;
    private final LocalBuckets local;
    private final Consumer<String> outcomes;

    private record Shared(SharedBuckets buckets, BucketUpkeep upkeep) {
        /// An equal part of a limit for each replica; less than one call is none.
        long share(long calls) {
            return upkeep.replicas().isEmpty() ? 0 : calls / upkeep.replicas().getAsInt();
        }
    }

    private CallLimits(Optional<Shared> shared, LocalBuckets local, Consumer<String> outcomes) {
        this.shared = shared;
        this.local = local;
        this.outcomes = outcomes;
    }

    /// @param outcomes told what came of each call that had to pay: `paid` or `refused`, `paid_alone` or
    ///     `refused_alone`, `uncounted`
    public static CallLimits start(CallLimitSettings settings, Database database, Consumer<String> outcomes) {
        var local = new LocalBuckets(settings.buckets(), System::nanoTime);
        return switch (settings.store()) {
            case LOCAL -> new CallLimits(Optional.empty(), local, outcomes);
            case POSTGRESQL -> {
                var upkeep = BucketUpkeep.start(database, settings.buckets());
                var buckets = new SharedBuckets(
                        new BucketTable(database, settings.deadline()),
                        upkeep::crowded,
                        settings.deadline(),
                        settings.waiting());
                yield new CallLimits(Optional.of(new Shared(buckets, upkeep)), local, outcomes);
            }
        };
    }

    /// Has a call pay all that is claimed, or nothing. Completes within the deadline, on any thread.
    public CompletionStage<Verdict> pay(List<Claim> claims) {
        if (shared.isEmpty()) {
            return CompletableFuture.completedStage(payAlone(claims, List.of(), LongUnaryOperator.identity()));
        }
        var store = shared.get();
        return store.buckets().pay(claims).thenApply(payment -> switch (payment) {
            case Payment.Made made -> paid(store, claims, made);
            case Payment.Refused refused -> {
                outcomes.accept("refused");
                yield new Verdict(refused.empty(), List.of(), claims(refused.observed()));
            }
            case Payment.Unavailable unavailable -> withoutStore(store, claims);
        });
    }

    public LimitHealth health() {
        return new LimitHealth(
                shared.isPresent(),
                shared.flatMap(store -> store.buckets().trouble()),
                shared.map(store -> store.upkeep().replicas()).orElse(OptionalInt.of(1)),
                shared.map(store -> store.buckets().waiting()).orElse(0),
                shared.map(store -> store.buckets().failures()).orElse(0L));
    }

    @Override
    public void close() {
        shared.ifPresent(store -> {
            store.buckets().close();
            store.upkeep().close();
        });
    }

    private Verdict paid(Shared store, List<Claim> claims, Payment.Made made) {
        outcomes.accept("paid");
        claims.stream()
                .filter(Claim::isLocalWithoutStore)
                .filter(claim -> store.share(claim.bucket().calls()) > 0)
                .forEach(claim -> local.note(claim.bucket(), store::share));
        return new Verdict(List.of(), List.of(), claims(made.observed()));
    }

    private Verdict withoutStore(Shared store, List<Claim> claims) {
        var lost = claims.stream()
                .filter(claim -> !claim.isLocalWithoutStore()
                        || store.share(claim.bucket().calls()) == 0)
                .toList();
        var observed = lost.stream().filter(Claim::isObserved).toList();
        var uncounted = lost.stream().filter(claim -> !claim.isObserved()).toList();
        if (!uncounted.isEmpty()) {
            outcomes.accept("uncounted");
            return new Verdict(List.of(), uncounted, observed);
        }
        var counted = claims.stream().filter(claim -> !lost.contains(claim)).toList();
        return payAlone(counted, observed, store::share);
    }

    private Verdict payAlone(List<Claim> claims, List<Claim> observedAlready, LongUnaryOperator share) {
        return switch (local.pay(claims, share)) {
            case Payment.Made made -> {
                outcomes.accept("paid_alone");
                yield new Verdict(List.of(), List.of(), joined(observedAlready, made.observed()));
            }
            case Payment.Refused refused -> {
                outcomes.accept("refused_alone");
                yield new Verdict(refused.empty(), List.of(), joined(observedAlready, refused.observed()));
            }
        };
    }

    private static List<Claim> joined(List<Claim> claims, List<Empty> empty) {
        return Stream.concat(claims.stream(), claims(empty).stream()).toList();
    }

    private static List<Claim> claims(List<Empty> empty) {
        return empty.stream().map(Empty::claim).toList();
    }
}

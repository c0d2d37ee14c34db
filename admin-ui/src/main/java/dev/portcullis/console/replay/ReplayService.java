package dev.portcullis.console.replay;

import dev.portcullis.console.access.Actor;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.api.ConflictException;
import dev.portcullis.console.evaluation.LoadedRules;
import dev.portcullis.console.evaluation.ReadyPolicy;
import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.console.policy.ChosenPolicy;
import dev.portcullis.console.policy.PolicyChoice;
import dev.portcullis.console.policy.PolicyChooser;
import dev.portcullis.console.toolcalls.query.RecordQuery;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/// Replays of recorded exchanges: few at once, so that the console stays quick, and the newest of those
/// that have ended.
@Service
@RolesAllowed(Roles.VIEWER)
public class ReplayService {
    /// How many run at once.
    static final int MOST_RUNNING = 2;

    private static final int REMEMBERED = 16;
    private static final int MOST_THREADS = 4;

    private final PolicyChooser policies;
    private final LoadedRules own;
    private final LimitRules limitRules;
    private final RecordQuery query;
    private final AdminEventStore events;
    private final Actor actor;
    private final Semaphore free = new Semaphore(MOST_RUNNING);
    private final Map<UUID, ReplayJob> jobs = new LinkedHashMap<>();

    ReplayService(
            PolicyChooser policies,
            LoadedRules own,
            LimitRules limitRules,
            RecordQuery query,
            AdminEventStore events,
            Actor actor) {
        this.policies = policies;
        this.own = own;
        this.limitRules = limitRules;
        this.query = query;
        this.events = events;
        this.actor = actor;
    }

    /// Begins a replay, and waits a while for its end. It takes the console's processors, so that viewers do not.
    ///
    /// @throws ConflictException when there are too many running
    @RolesAllowed({Roles.EDITOR, Roles.APPROVER, Roles.AUDITOR})
    public ReplayStatus start(ReplayOrder order, Duration patience) throws InterruptedException {
        var policy = policies.choose(order.policy());
        var baseline = switch (order.baseline()) {
            case RECORDED -> Optional.<ChosenPolicy>empty();
            case PUBLISHED -> Optional.of(policies.choose(new PolicyChoice.Published()));
        };
        if (!free.tryAcquire()) {
            throw new ConflictException(
                    MOST_RUNNING + " replays are running: wait for one to end, or cancel one with DELETE.");
        }
        var job = begun(order, policy, baseline);
        job.await(patience);
        return job.status();
    }

    /// Empty when it is not known, or no more.
    public Optional<ReplayStatus> status(UUID id) {
        return job(id).map(ReplayJob::status);
    }

    /// Ends a replay that still runs. What it has found can still be asked for.
    ///
    /// @return whether there was one
    @RolesAllowed({Roles.EDITOR, Roles.APPROVER, Roles.AUDITOR})
    public boolean cancel(UUID id) {
        var job = job(id);
        job.ifPresent(ReplayJob::cancel);
        return job.isPresent();
    }

    @PreDestroy
    void cancelAll() {
        synchronized (jobs) {
            jobs.values().forEach(ReplayJob::cancel);
        }
    }

    /// The job gives the place back when it ends, and whatever keeps it from beginning does so here.
    private ReplayJob begun(ReplayOrder order, ChosenPolicy policy, Optional<ChosenPolicy> baseline) {
        var started = false;
        try {
            events.append(AdminEvent.of(actor.name(), AdminEvent.POLICY_REPLAYED)
                    .about(policy.name())
                    .with(Map.of(
                            "from", order.from().toString(), "to", order.to().toString())));
            var threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, MOST_THREADS);
            var job = ReplayJob.start(order, replay(order, policy, baseline, threads), free::release);
            started = true;
            remember(job);
            return job;
        } finally {
            if (!started) {
                free.release();
            }
        }
    }

    private Replay replay(ReplayOrder order, ChosenPolicy policy, Optional<ChosenPolicy> baseline, int threads) {
        var comparer = new Comparer(
                ready(policy, threads),
                baseline.map(chosen -> ready(chosen, threads)),
                query.digests(),
                limitRules::of);
        return new Replay(
                order, (after, limit) -> query.page(order.from(), order.to(), after, limit), comparer, threads);
    }

    /// With an evaluator to spare: one that failed is replaced beside.
    private ReadyPolicy ready(ChosenPolicy policy, int threads) {
        return ReadyPolicy.of(policy, own, List.of(), threads + 1);
    }

    private void remember(ReplayJob job) {
        synchronized (jobs) {
            jobs.put(job.id(), job);
            var surplus = jobs.size() - REMEMBERED;
            if (surplus > 0) {
                jobs.values().stream()
                        .filter(old -> !old.isRunning())
                        .limit(surplus)
                        .map(ReplayJob::id)
                        .toList()
                        .forEach(jobs::remove);
            }
        }
    }

    private Optional<ReplayJob> job(UUID id) {
        synchronized (jobs) {
            return Optional.ofNullable(jobs.get(id));
        }
    }
}

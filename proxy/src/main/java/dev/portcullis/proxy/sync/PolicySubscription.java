package dev.portcullis.proxy.sync;

import dev.portcullis.proxy.telemetry.ProxyMetrics;
import dev.portcullis.proxy.telemetry.Reading;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Keeps this replica's policy and kills as they are published in the database.
///
/// A thread of its own listens for changes, looks every second in case a notice was lost, compiles, and
/// replaces one snapshot as a whole. While the database is away the last policy and the last kills stay
/// in force; kills whose end has come are lifted all the same. Kills of this replica alone take effect on the
/// thread of whoever engages them.
public final class PolicySubscription implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PolicySubscription.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    /// Within which a database that works has answered.
    private static final Duration CONTACT = LOOK_EVERY.multipliedBy(3);
    private static final long NONE_SEEN = -1;

    private final Database database;
    private final Clock clock;
    private final String replica;
    private final PolicyInForce policy;
    private final LocalKills local;
    private final KillsInForce kills;
    private final LocalKillReport report;
    private final ReplicaHeartbeat heartbeat;
    private final ReentrantLock change = new ReentrantLock();
    private final List<Consumer<PolicySnapshot>> listeners = new CopyOnWriteArrayList<>();
    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private final CompletableFuture<PolicySnapshot> first = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private volatile Optional<ChangeFeed> feed = Optional.empty();
    private volatile long contactNanos = System.nanoTime();
    private volatile Optional<String> trouble = Optional.empty();
    private volatile List<String> unreadable = List.of();
    private volatile Function<UUID, CutExchanges> cutBy = kill -> CutExchanges.NONE;
    private volatile Supplier<ReplicaCondition> condition = ReplicaCondition::usual;

    // Under the lock of changes.
    private boolean announced;
    // Only the thread itself uses this.
    private Duration pause = FIRST_PAUSE;

    /// @param replica the name under which this replica reports
    public PolicySubscription(
            Database database, String replica, PolicyCompiler compiler, Clock clock, ProxyMetrics metrics) {
        this(database, replica, compiler, LocalKills.none(), clock, metrics);
    }

    /// @param replica the name under which this replica reports
    /// @param local the kills of this replica alone
    public PolicySubscription(
            Database database,
            String replica,
            PolicyCompiler compiler,
            LocalKills local,
            Clock clock,
            ProxyMetrics metrics) {
        this.database = database;
        this.replica = replica;
        this.clock = clock;
        this.policy = new PolicyInForce(compiler);
        this.local = local;
        this.kills = new KillsInForce(local);
        this.report = new LocalKillReport(local, replica, clock);
        this.heartbeat = new ReplicaHeartbeat(replica, clock);
        this.thread = Thread.ofPlatform().name("policy-subscription").daemon().unstarted(this::run);
        onChange(snapshot -> metrics.routes(snapshot.document().routes().keySet()));
        metrics.watch(Reading.POLICY_VERSION, () -> health().version().orElse(0));
        metrics.watch(Reading.POLICY_REJECTIONS, policy::rejections);
        metrics.watch(Reading.KILLS_ENGAGED, () -> health().kills());
        metrics.watch(Reading.KILLS_LOCAL, () -> health().localKills());
        local.onChange(this::obeyLocalKills);
        metrics.watch(Reading.SYNC_UNREADABLE, () -> health().unreadable().size());
        metrics.watch(Reading.DATABASE_SILENCE, () -> health().sinceContact().toMillis() / 1_000.0);
    }

    /// Adds a listener for every change of policy or kills from now on, the first snapshot included when
    /// it is called before [#start].
    ///
    /// It runs on the subscription's thread, which may wait for it, though not for long: nothing else
    /// changes meanwhile. A kill is acknowledged when every listener has returned, so a listener that
    /// cuts exchanges returns when they are cut. One that throws is called again a second later.
    public void onChange(Consumer<PolicySnapshot> listener) {
        listeners.add(listener);
    }

    /// Has what each kill cut told together with its acknowledgement.
    public void acknowledgeWith(Function<UUID, CutExchanges> cut) {
        cutBy = cut;
    }

    /// Has the replica's condition told with each heartbeat. It is asked on the subscription's thread.
    public void reportWith(Supplier<ReplicaCondition> asked) {
        condition = asked;
    }

    /// Adds something else that is kept as it stands in the database; call it before [#start]. When it
    /// changes, the listeners are called as for a change of policy.
    public void follow(Follower follower) {
        followers.add(follower);
    }

    /// Starts, and waits until the first policy is in force and the listeners know it.
    ///
    /// @param patience how long to wait for a database and for somebody to publish
    /// @throws NoPolicyException when there is no usable policy by then; the subscription is closed
    public PolicySnapshot start(Duration patience) throws InterruptedException {
        thread.start();
        try {
            return first.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            close();
            throw new NoPolicyException(whyNone(), e);
        } catch (ExecutionException e) {
            close();
            throw new NoPolicyException("The policy subscription ended: " + e.getCause() + ".", e);
        }
    }

    /// The policy in force. Cheap, from any thread.
    ///
    /// @throws IllegalStateException before [#start] has returned
    public PolicySnapshot current() {
        return policy.snapshot()
                .orElseThrow(() -> new IllegalStateException("no policy: the subscription is not started"));
    }

    public SyncHealth health() {
        var snapshot = policy.snapshot();
        var rejection = policy.rejection();
        return new SyncHealth(
                snapshot.map(current -> OptionalLong.of(current.version())).orElse(OptionalLong.empty()),
                snapshot.map(current -> current.kills().size()).orElse(0),
                local.inForce().size(),
                sinceContact(),
                rejection.map(rejected -> OptionalLong.of(rejected.version())).orElse(OptionalLong.empty()),
                policy.rejections(),
                unreadable,
                trouble.or(() -> rejection.map(PolicyInForce.Rejection::reason)));
    }

    /// Ends the thread and takes this replica off the list of replicas. [#current] goes on answering.
    @Override
    public void close() {
        closing.countDown();
        feed.ifPresent(ChangeFeed::abort);
        try {
            if (thread.getState() != Thread.State.NEW) {
                var _ = thread.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!isClosing()) {
            try (var opened = ChangeFeed.open(database)) {
                feed = Optional.of(opened);
                follow(opened);
            } catch (SQLException | RuntimeException e) {
                rest(e);
            } finally {
                feed = Optional.empty();
            }
        }
        leave();
    }

    private void follow(ChangeFeed opened) throws SQLException {
        var published = new PublishedPolicy(opened.connection());
        while (!isClosing()) {
            look(published, opened.connection());
            opened.await(untilNextLook());
        }
    }

    private void look(PublishedPolicy published, Connection connection) {
        var unreadable = new ArrayList<String>();
        sendLocalKills(connection, unreadable);
        kills.published(published.killsAt(clock.instant(), replica));
        if (first.isDone()) {
            // Kills wait for nothing else, and least of all for a long document.
            announceIf(update(Optional.empty()));
        }
        var changed = update(published.highestOtherThan(policy.seen().orElse(NONE_SEEN)));
        for (var follower : followers) {
            changed |= look(follower, connection, unreadable);
        }
        this.unreadable = List.copyOf(unreadable);
        noteContact();
        if (announceIf(changed)) {
            policy.snapshot()
                    .ifPresent(snapshot -> heartbeat.report(connection, snapshot, kills.known(), cutBy, condition));
        }
    }

    /// What cannot be written must not keep a kill from being obeyed.
    private void sendLocalKills(Connection connection, List<String> unreadable) {
        try {
            report.send(connection);
        } catch (RuntimeException e) {
            rethrowIfGone(connection, e);
            LOG.atError().setCause(e).log("the kills of this replica cannot be reported; they hold");
            unreadable.add("kills of this replica");
        }
    }

    private void obeyLocalKills() {
        announceIf(update(Optional.empty()));
    }

    /// Kills may be engaged from another thread meanwhile.
    private boolean update(Optional<PublishedPolicy.Version> published) {
        change.lock();
        try {
            return policy.update(published, kills.at(clock.instant()));
        } finally {
            change.unlock();
        }
    }

    /// What one of them cannot read must not keep a kill from being obeyed.
    private static boolean look(Follower follower, Connection connection, List<String> unreadable) {
        try {
            return follower.look(connection);
        } catch (RuntimeException e) {
            rethrowIfGone(connection, e);
            LOG.atError().setCause(e).addKeyValue("what", follower.what()).log("cannot be read; what was known stays");
            unreadable.add(follower.what());
            return false;
        }
    }

    /// Without a connection nothing can be read, which is one trouble and not one for each.
    private static void rethrowIfGone(Connection connection, RuntimeException failure) {
        try {
            if (connection.isClosed()) {
                throw failure;
            }
        } catch (SQLException e) {
            failure.addSuppressed(e);
            throw failure;
        }
    }

    private Duration untilNextLook() {
        var now = clock.instant();
        return policy.snapshot().stream()
                .flatMap(snapshot -> snapshot.kills().stream())
                .flatMap(kill -> kill.until().stream())
                .map(until -> Duration.between(now, until))
                .filter(rest -> rest.compareTo(LOOK_EVERY) < 0)
                .min(Comparator.naturalOrder())
                .orElse(LOOK_EVERY);
    }

    /// @return whether all listeners know what is in force
    private boolean announceIf(boolean changed) {
        change.lock();
        try {
            announced &= !changed;
            if (!announced) {
                policy.snapshot().ifPresent(this::announce);
            }
            return announced;
        } finally {
            change.unlock();
        }
    }

    private void announce(PolicySnapshot snapshot) {
        try {
            listeners.forEach(listener -> listener.accept(snapshot));
            announced = true;
            LOG.atInfo()
                    .addKeyValue("version", snapshot.version())
                    .addKeyValue("kills", snapshot.kills().size())
                    .log("policy in force");
            first.complete(snapshot);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("policy in force, but not obeyed by a listener; it is called again");
        }
    }

    private void noteContact() {
        contactNanos = System.nanoTime();
        pause = FIRST_PAUSE;
        if (trouble.isPresent()) {
            trouble = Optional.empty();
            LOG.atInfo().log("database answers again");
        }
    }

    /// Waits before the database is asked again, and lifts what ends meanwhile.
    private void rest(Exception failure) {
        if (isClosing()) {
            return;
        }
        if (trouble.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("reason", failure.toString())
                    .log("database is away; policy and kills stay in force");
        }
        trouble = Optional.of(failure.toString());
        announceIf(update(Optional.empty()));
        try {
            var _ = closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            closing.countDown();
        }
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }

    /// A database that has not answered lately would only hold up the end.
    private void leave() {
        if (sinceContact().compareTo(CONTACT) > 0) {
            return;
        }
        try (var connection = database.connect()) {
            heartbeat.leave(connection);
        } catch (SQLException | DataAccessException e) {
            LOG.atDebug().setCause(e).log("replica could not take itself off the list");
        }
    }

    private Duration sinceContact() {
        return Duration.ofNanos(System.nanoTime() - contactNanos);
    }

    private String whyNone() {
        return trouble.map(reason -> "The database " + database.settings().address() + " does not answer: " + reason)
                .or(() -> policy.rejection()
                        .map(rejected ->
                                "Policy version " + rejected.version() + " cannot be used: " + rejected.reason()))
                .orElse("No policy is published yet: publish one in the console, or start `up` with --policy FILE.");
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }
}

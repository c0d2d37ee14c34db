package dev.portcullis.proxy.audit;

import dev.portcullis.policy.Eventual;
import dev.portcullis.proxy.audit.journal.JournalException;
import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.Durability;
import dev.portcullis.proxy.sync.Database;
import dev.portcullis.proxy.telemetry.ProxyMetrics;
import dev.portcullis.proxy.telemetry.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// The audit trail: one record for each exchange, kept until PostgreSQL has committed it.
///
/// An exchange reserves its slot before anything else happens. Slots are bounded, and one is free again
/// only when its record is committed; so when the database is away for long, exchanges find none and
/// are refused instead of going unrecorded. There are a few more slots for the records of such refusals, and when these
/// are taken too, refusals are counted and have one record together. Before an exchange is forwarded it is admitted:
/// what is known
/// of it is durable then, whatever happens to this process. Nothing here waits: everything but [#start]
/// and [#close] may be called from event loops.
public final class AuditTrail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
    private static final Duration DRAIN = Duration.ofSeconds(10);
    /// How long after its last moment an exchange's record may still be on its way.
    private static final Duration ABANDONED_FOR = Duration.ofDays(1);
    /// How many exchanges that find no room have a record each: some megabytes.
    static final int REFUSALS = 4_096;
    /// What a process that is killed can have counted and not recorded.
    private static final Duration COUNTED_FOR = Duration.ofSeconds(10);

    private final AuditSettings settings;
    private final Clock clock;
    private final ProxyMetrics metrics;
    private final AtomicInteger reserved = new AtomicInteger();
    /// Records of exchanges that found no room; PostgreSQL does not have them yet.
    private final Set<UUID> refusals = ConcurrentHashMap.newKeySet();
    private final TurnedAway turnedAway = new TurnedAway();
    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("audit-turned-away").daemon().factory());
    private final Set<Slot> open = ConcurrentHashMap.newKeySet();
    private final Backlog backlog = new Backlog();
    private final Safekeeping safekeeping;
    private final Shipper shipper;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final LongAdder completedTwice = new LongAdder();
    private final LongAdder abandoned = new LongAdder();
    private final LongAdder withoutRoom = new LongAdder();

    private AuditTrail(
            AuditSettings settings,
            String replica,
            Duration longest,
            Database database,
            ChainWriter chain,
            Clock clock,
            ProxyMetrics metrics)
            throws JournalException {
        this.settings = settings;
        this.clock = clock;
        this.metrics = metrics;
        var rows = new ExchangeRows(replica);
        this.safekeeping = switch (settings.durability()) {
            case Durability.Journal journal -> {
                var opened = InJournal.start(
                        journal, rows::of, backlog, nanos -> metrics.journalSynced(Duration.ofNanos(nanos)));
                reserved.addAndGet(opened.found());
                yield opened;
            }
            case Durability.Database _ ->
                InDatabase.start(
                        new IntentTable(database, replica, longest.plus(ABANDONED_FOR)),
                        rows::of,
                        backlog,
                        reserved::addAndGet,
                        InDatabase.SEARCH);
            case Durability.Memory _ -> InMemory.start(backlog);
        };
        this.shipper = new Shipper(
                settings, backlog, new ExchangeStore(database, rows, chain), rows, safekeeping, this::committed);
    }

    /// Starts the threads that keep and write records. The database need not be there yet.
    ///
    /// @param replica the name of this replica, which every record carries
    /// @param longest how long an exchange may take, here and on any other replica
    /// @param database where the records go, through one connection
    /// @param chain what the records become links of
    /// @param metrics counts every record that is completed
    /// @throws JournalException when the journal cannot be used
    public static AuditTrail start(
            AuditSettings settings,
            String replica,
            Duration longest,
            Database database,
            ChainWriter chain,
            Clock clock,
            ProxyMetrics metrics)
            throws JournalException {
        var trail = new AuditTrail(settings, replica, longest, database, chain, clock, metrics);
        trail.watch();
        trail.shipper.start();
        trail.clockwork.scheduleWithFixedDelay(
                trail::recordCounted, COUNTED_FOR.toSeconds(), COUNTED_FOR.toSeconds(), TimeUnit.SECONDS);
        return trail;
    }

    /// Makes sure that the exchange which begins now can be recorded. When too many records are waiting for the
    /// database, the slot [has no room][Slot#hasRoom] and the exchange must be refused.
    ///
    /// @return empty when it must be refused and not even that can be recorded by itself, or the trail is closed.
    ///     It is counted then, and nothing more is to be done for it
    public Optional<Slot> reserve(UUID exchange, Instant occurredAt) {
        var hasRoom = !closed.get() && hasMemory() && take();
        if (!hasRoom) {
            withoutRoom.increment();
        }
        if (!hasRoom && (closed.get() || !takeForRefusal(exchange))) {
            turnedAway.count(exchange, occurredAt);
            return Optional.empty();
        }
        var slot = new Slot(exchange, occurredAt, hasRoom);
        open.add(slot);
        return Optional.of(slot);
    }

    private boolean hasMemory() {
        return backlog.bytes() <= settings.queueBytes() && !safekeeping.state().isFull();
    }

    private boolean take() {
        return reserved.getAndUpdate(taken -> taken < settings.queue() ? taken + 1 : taken) < settings.queue();
    }

    /// A few too many do no harm.
    private boolean takeForRefusal(UUID exchange) {
        return refusals.size() < REFUSALS && refusals.add(exchange);
    }

    private void committed(List<Backlog.Entry> committed) {
        var places = committed.stream()
                .filter(entry -> !refusals.remove(entry.content().exchange()))
                .count();
        reserved.addAndGet((int) -places);
        recordCounted();
    }

    /// There is always room for one more record of many.
    private void recordCounted() {
        turnedAway.take().ifPresent(counted -> {
            refusals.add(counted.id());
            safekeeping.complete(counted);
        });
    }

    /// How the trail is doing, for health checks and metrics.
    public AuditHealth health() {
        return new AuditHealth(
                open.size(),
                reserved.get(),
                settings.queue(),
                backlog.size(),
                backlog.bytes(),
                settings.queueBytes(),
                shipper.lag(),
                shipper.written(),
                shipper.repaired(),
                shipper.lost(),
                shipper.failures(),
                abandoned.sum(),
                completedTwice.sum(),
                withoutRoom.sum(),
                shipper.trouble(),
                safekeeping.state().trouble(),
                safekeeping.state().isFull());
    }

    /// Records what is still open as `unknown`, and waits at most ten seconds until everything is
    /// written.
    @Override
    public void close() {
        close(DRAIN);
    }

    /// The same with another deadline. What cannot be written by then is in the journal; without one, it is
    /// logged, one line for each record.
    public void close(Duration deadline) {
        if (closed.compareAndSet(false, true)) {
            open.forEach(slot -> slot.abandon("shutdown"));
            clockwork.close();
            recordCounted();
            try {
                safekeeping.settle(deadline);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            shipper.finish(deadline);
            safekeeping.close();
        }
    }

    private void add(AuditRecord record) {
        safekeeping.complete(record);
        metrics.ended(new ProxyMetrics.EndedExchange(
                record.route(),
                record.method(),
                record.decision(),
                record.outcome().wireName(),
                record.refusal(),
                record.requestBytes(),
                record.responseBytes(),
                record.decisionMicros(),
                record.latencyMicros()));
    }

    private void watch() {
        metrics.watch(Reading.EXCHANGES_IN_FLIGHT, open::size);
        metrics.watch(Reading.AUDIT_RESERVED, reserved::get);
        metrics.watch(Reading.AUDIT_CAPACITY, settings::queue);
        metrics.watch(Reading.AUDIT_WAITING, backlog::size);
        metrics.watch(Reading.AUDIT_WAITING_BYTES, backlog::bytes);
        metrics.watch(Reading.AUDIT_LAG, () -> shipper.lag().toMillis() / 1_000.0);
        metrics.watch(Reading.AUDIT_WRITTEN, shipper::written);
        metrics.watch(Reading.AUDIT_REPAIRED, shipper::repaired);
        metrics.watch(Reading.AUDIT_LOST, shipper::lost);
        metrics.watch(Reading.AUDIT_FAILURES, shipper::failures);
        metrics.watch(Reading.AUDIT_ABANDONED, abandoned::sum);
        metrics.watch(Reading.AUDIT_TURNED_AWAY, withoutRoom::sum);
        metrics.watch(Reading.JOURNAL_RECORDS, () -> safekeeping.state().records());
        metrics.watch(Reading.JOURNAL_BYTES, () -> safekeeping.state().bytes());
        metrics.watch(Reading.JOURNAL_FAILURES, () -> safekeeping.state().failures());
        metrics.watch(Reading.INTENTS_UNREADABLE, () -> safekeeping.state().unreadable());
        metrics.watch(
                Reading.JOURNAL_BROKEN, () -> safekeeping.state().trouble().isPresent() ? 1 : 0);
    }

    /// The place of one exchange in the trail. It must be completed or abandoned; the first of these
    /// calls counts, from whichever thread.
    public final class Slot {
        private final UUID exchange;
        private final Instant occurredAt;
        private final boolean hasRoom;
        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile Optional<AuditRecord> soFar = Optional.empty();

        private Slot(UUID exchange, Instant occurredAt, boolean hasRoom) {
            this.exchange = exchange;
            this.occurredAt = occurredAt;
            this.hasRoom = hasRoom;
        }

        /// Whether the exchange may go on. Otherwise the place is for the record of its refusal alone.
        public boolean hasRoom() {
            return hasRoom;
        }

        /// Makes what is known before the end durable. Should the end never be seen, this is recorded in its place.
        ///
        /// @param intent the record with [Outcome#UNKNOWN]
        /// @return whether it is durable, on a thread that must not wait; when it is not, nothing may be
        ///     forwarded
        public Eventual<Boolean> admit(AuditRecord intent) {
            synchronized (ended) {
                if (!hasRoom || closed.get() || ended.get()) {
                    return Eventual.now(false);
                }
                soFar = Optional.of(intent);
                return safekeeping.admit(intent);
            }
        }

        /// Only the first call counts, and no intent comes after it: one that did would wait for ever for its record.
        private boolean end() {
            synchronized (ended) {
                return ended.compareAndSet(false, true);
            }
        }

        /// Hands over the record. Later calls are ignored and counted.
        public void complete(AuditRecord record) {
            if (end()) {
                open.remove(this);
                add(record);
            } else {
                completedTwice.increment();
                LOG.atWarn().addKeyValue("exchange", exchange).log("audit record completed twice");
            }
        }

        /// Ends an exchange whose end was not seen: what was noted, or at least its beginning, is
        /// recorded as `unknown`. Does nothing when the slot is completed.
        ///
        /// @param reason a short key, for instance `shutdown`
        public void abandon(String reason) {
            if (end()) {
                open.remove(this);
                abandoned.increment();
                LOG.atWarn()
                        .addKeyValue("exchange", exchange)
                        .addKeyValue("reason", reason)
                        .log("exchange ends unseen");
                add(soFar.orElseGet(() -> AuditRecord.beginning(exchange, occurredAt, clock.instant(), reason)));
            }
        }
    }
}

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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// The audit trail: one record for each exchange, kept until PostgreSQL has committed it.
///
/// An exchange reserves its slot before anything else happens. Slots are bounded, and one is free again
/// only when its record is committed; so when the database is away for long, exchanges find no slot and
/// are refused instead of going unrecorded. Before an exchange is forwarded it is admitted: what is known
/// of it is durable then, whatever happens to this process. Nothing here waits: everything but [#start]
/// and [#close] may be called from event loops.
public final class AuditTrail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
    private static final Duration DRAIN = Duration.ofSeconds(10);
    /// How long after its last moment an exchange's record may still be on its way.
    private static final Duration ABANDONED_FOR = Duration.ofDays(1);

    private final AuditSettings settings;
    private final Clock clock;
    private final ProxyMetrics metrics;
    private final AtomicInteger reserved = new AtomicInteger();
    private final Set<Slot> open = ConcurrentHashMap.newKeySet();
    private final Backlog backlog = new Backlog();
    private final Safekeeping safekeeping;
    private final Shipper shipper;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final LongAdder completedTwice = new LongAdder();
    private final LongAdder abandoned = new LongAdder();
    private final LongAdder turnedAway = new LongAdder();

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
                settings,
                backlog,
                new ExchangeStore(database, rows, chain),
                rows,
                safekeeping,
                committed -> reserved.addAndGet(-committed.size()));
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
        return trail;
    }

    /// Makes sure that the exchange which begins now can be recorded. Empty when too many records are
    /// waiting for the database, or the trail is closed: the exchange must be refused.
    public Optional<Slot> reserve(UUID exchange, Instant occurredAt) {
        if (closed.get()
                || backlog.bytes() > settings.queueBytes()
                || safekeeping.state().isFull()
                || !take()) {
            turnedAway.increment();
            return Optional.empty();
        }
        var slot = new Slot(exchange, occurredAt);
        open.add(slot);
        return Optional.of(slot);
    }

    private boolean take() {
        return reserved.getAndUpdate(taken -> taken < settings.queue() ? taken + 1 : taken) < settings.queue();
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
                turnedAway.sum(),
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
        metrics.watch(Reading.AUDIT_TURNED_AWAY, turnedAway::sum);
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
        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile Optional<AuditRecord> soFar = Optional.empty();

        private Slot(UUID exchange, Instant occurredAt) {
            this.exchange = exchange;
            this.occurredAt = occurredAt;
        }

        /// Makes what is known before the end durable. Should the end never be seen, this is recorded in its place.
        ///
        /// @param intent the record with [Outcome#UNKNOWN]
        /// @return whether it is durable, on a thread that must not wait; when it is not, nothing may be
        ///     forwarded
        public Eventual<Boolean> admit(AuditRecord intent) {
            synchronized (ended) {
                if (closed.get() || ended.get()) {
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

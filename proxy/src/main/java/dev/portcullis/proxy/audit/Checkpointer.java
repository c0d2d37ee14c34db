package dev.portcullis.proxy.audit;

import dev.portcullis.ledger.Checkpoints;
import dev.portcullis.ledger.Link;
import dev.portcullis.ledger.SigningKey;
import dev.portcullis.proxy.config.ChainSettings;
import dev.portcullis.proxy.sync.Database;
import dev.portcullis.proxy.telemetry.ProxyMetrics;
import dev.portcullis.proxy.telemetry.Reading;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The thread that signs how far this replica's chain has come: each interval in which records came, after
/// so many records, and at the end. Records are shipped whether or not it succeeds.
public final class Checkpointer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);
    private static final Duration ROUND = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final ChainWriter writer;
    private final ChainSettings settings;
    private final Database database;
    private final Checkpoints checkpoints;
    private final List<Anchoring> anchors;
    private final CountDownLatch finishing = new CountDownLatch(1);
    private final Thread thread;
    /// When a record without a checkpoint was first seen, in nanoseconds.
    private volatile Optional<Long> unsignedSince = Optional.empty();

    private long inspectedAt = System.nanoTime();
    /// How long to wait after a failure; nothing after a success.
    private Duration pause = Duration.ZERO;

    private Checkpointer(
            ChainWriter writer,
            ChainSettings settings,
            Database database,
            Checkpoints checkpoints,
            List<Anchoring> anchors) {
        this.writer = writer;
        this.settings = settings;
        this.database = database;
        this.checkpoints = checkpoints;
        this.anchors = anchors;
        this.thread = Thread.ofPlatform().name("audit-checkpoints").daemon().unstarted(this::run);
    }

    /// Starts the thread. The database need not be there yet.
    ///
    /// @param replica whose key it is
    /// @param anchors where checkpoints are kept besides; they are closed by whoever made them, later
    public static Checkpointer start(
            ChainWriter writer,
            ChainSettings settings,
            SigningKey key,
            String replica,
            Database database,
            List<Anchoring> anchors,
            Clock clock,
            ProxyMetrics metrics) {
        var checkpointer = new Checkpointer(
                writer, settings, database, new Checkpoints(key, replica, clock), List.copyOf(anchors));
        metrics.watch(
                Reading.AUDIT_UNSIGNED_AGE, () -> checkpointer.unsignedFor().toMillis() / 1_000.0);
        metrics.watch(Reading.AUDIT_CHAIN_ALARMS, writer::alarms);
        metrics.watch(
                Reading.AUDIT_ANCHOR_FAILURES,
                () -> anchors.stream().mapToLong(Anchoring::failures).sum());
        metrics.watch(
                Reading.AUDIT_ANCHOR_WAITING,
                () -> anchors.stream().mapToLong(Anchoring::waiting).sum());
        checkpointer.thread.start();
        return checkpointer;
    }

    /// How long the oldest record without a checkpoint has waited for one.
    Duration unsignedFor() {
        return unsignedSince
                .map(since -> Duration.ofNanos(System.nanoTime() - since))
                .orElse(Duration.ZERO);
    }

    /// Makes the last checkpoint, when the database is there.
    @Override
    public void close() {
        finishing.countDown();
        try {
            var _ = thread.join(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!finishing.await(ROUND.toNanos(), TimeUnit.NANOSECONDS)) {
                look();
            }
            sign();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        var unsigned = unsigned();
        if (unsigned == 0) {
            unsignedSince = Optional.empty();
        } else if (unsignedSince.isEmpty()) {
            unsignedSince = Optional.of(System.nanoTime());
        }
        var sinceInspection = Duration.ofNanos(System.nanoTime() - inspectedAt);
        if (sinceInspection.compareTo(pause) >= 0
                && (unsigned >= settings.records()
                        || unsignedFor().compareTo(settings.interval()) >= 0
                        || sinceInspection.compareTo(settings.interval()) >= 0)) {
            sign();
        }
    }

    /// How many records of the chain in hand have no checkpoint.
    private long unsigned() {
        var head = writer.chain().head();
        return head.map(Link::sequence).orElse(0L)
                - checkpoints
                        .signed()
                        .filter(signed -> head.filter(at -> at.chain().equals(signed.chain()))
                                .isPresent())
                        .map(Link::sequence)
                        .orElse(0L);
    }

    private void sign() {
        inspectedAt = System.nanoTime();
        if (writer.chain().head().isEmpty()) {
            return;
        }
        try (var connection = database.connect()) {
            var sql = DSL.using(connection, SQLDialect.POSTGRES);
            checkpoints.close(sql, writer.chain()).ifPresent(made -> anchors.forEach(anchor -> anchor.add(made)));
            unsignedSince = Optional.empty();
            writer.chain().inspect(sql);
            succeeded();
        } catch (SQLException | RuntimeException | Error e) {
            failed(e);
        }
    }

    private void succeeded() {
        if (pause.isPositive()) {
            LOG.atInfo().log("checkpoints of the audit trail are made again");
            pause = Duration.ZERO;
        }
    }

    /// The database may be away for hours, and one line says so. Without the thread nothing would be signed any more.
    private void failed(Throwable reason) {
        var isFirst = pause.isZero();
        pause = isFirst ? ROUND : longer(pause);
        if (isFirst) {
            LOG.atWarn()
                    .addKeyValue("reason", reason.toString())
                    .log("no checkpoint of the audit trail can be made; this is tried again until it succeeds");
        }
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}

package dev.portcullis.proxy;

import dev.portcullis.proxy.audit.AuditTrail;
import dev.portcullis.proxy.audit.journal.JournalException;
import dev.portcullis.proxy.config.Durability;
import dev.portcullis.proxy.config.ProxyConfig;
import dev.portcullis.proxy.management.HealthCheck.Result;
import dev.portcullis.proxy.management.HealthCheck.Status;
import dev.portcullis.proxy.management.ManagementServer;
import dev.portcullis.proxy.telemetry.ProxyMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// What a replica does at its start when the disk of its journal is full: it waits until there is room. Until then its
/// management port says that it lives, and is not ready, and why; clients cannot connect.
final class RoomForTheJournal {
    private static final Logger LOG = LoggerFactory.getLogger(RoomForTheJournal.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    /// What a new journal takes at most.
    private static final long NEEDED = 32L << 20;

    private RoomForTheJournal() {}

    /// Opens the trail; it can be tried again.
    interface Opening {
        AuditTrail open() throws IOException;
    }

    /// @throws IOException when the trail cannot be opened for another reason
    /// @throws InterruptedException when the process ends meanwhile
    static AuditTrail await(ProxyConfig config, ProxyMetrics metrics, Opening opening)
            throws IOException, InterruptedException {
        try {
            return opening.open();
        } catch (JournalException e) {
            if (isFull(config.audit().durability())) {
                return awaitRoom(config, metrics, opening, e);
            }
            throw e;
        }
    }

    private static AuditTrail awaitRoom(
            ProxyConfig config, ProxyMetrics metrics, Opening opening, JournalException first)
            throws IOException, InterruptedException {
        LOG.atError()
                .addKeyValue("reason", first.getMessage())
                .log("the disk of the audit journal is full: nothing is served until there is room");
        var reason = new AtomicReference<>(first);
        var end = new Thread(Thread.currentThread()::interrupt, "audit-journal-end");
        Runtime.getRuntime().addShutdownHook(end);
        try (var _ = ManagementServer.start(
                config.management().listen(), List.of(() -> full(reason.get())), metrics, Optional.empty())) {
            while (true) {
                Thread.sleep(RETRY);
                try {
                    var opened = opening.open();
                    LOG.atInfo().log("the disk of the audit journal has room again");
                    return opened;
                } catch (JournalException e) {
                    if (!isFull(config.audit().durability())) {
                        throw e;
                    }
                    reason.set(e);
                }
            }
        } finally {
            forget(end);
        }
    }

    private static Result full(JournalException reason) {
        return new Result(
                "audit",
                Status.FAIL,
                "nothing is served until there is room on the disk of the journal: " + reason.getMessage());
    }

    private static boolean isFull(Durability durability) throws IOException {
        return durability instanceof Durability.Journal journal && room(journal.directory()) < NEEDED;
    }

    private static long room(Path directory) throws IOException {
        var existing = directory.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return Files.getFileStore(existing).getUsableSpace();
    }

    private static void forget(Thread end) {
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException e) {
            LOG.atDebug().setCause(e).log("the process ends");
        }
    }
}

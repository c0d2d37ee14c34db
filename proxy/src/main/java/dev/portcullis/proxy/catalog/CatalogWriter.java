package dev.portcullis.proxy.catalog;

import dev.portcullis.proxy.sync.Database;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// The thread that writes what the [ToolCatalog] learns: new definitions at once, and every minute what
/// was seen again.
///
/// While the database is away it tries again; what waits meanwhile is bounded by [Discoveries]. What the
/// database refuses is dropped and counted, and holds up nothing else.
public final class CatalogWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogWriter.class);
    private static final Duration IDLE_ROUND = Duration.ofMillis(200);
    private static final Duration BETWEEN_SIGHTINGS = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);
    private static final int BATCH = 200;

    private final ToolCatalog catalog;
    private final CatalogStore store;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final LongAdder failures = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private boolean inTrouble;
    private long sightingsNanos = System.nanoTime();

    private CatalogWriter(ToolCatalog catalog, Database database) {
        this.catalog = catalog;
        this.store = new CatalogStore(database);
        this.thread = Thread.ofPlatform().name("tool-catalog").daemon().unstarted(this::run);
    }

    /// Starts the thread. It does not need the database to be there yet.
    public static CatalogWriter start(ToolCatalog catalog, Database database) {
        var writer = new CatalogWriter(catalog, database);
        writer.thread.start();
        return writer;
    }

    /// How many attempts to write have failed.
    public long failures() {
        return failures.sum();
    }

    /// How many definitions the database would not take.
    public long refused() {
        return refused.sum();
    }

    /// Writes what is there, as far as that is possible at once.
    @Override
    public void close() {
        closing.countDown();
        try {
            if (!thread.join(LAST_WORDS)) {
                store.abort();
                var _ = thread.join(LAST_WORDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            var waiting = List.<Discovery>of();
            while (!isClosing()) {
                waiting = waiting.isEmpty() ? catalog.discoveries().take(IDLE_ROUND, BATCH) : waiting;
                waiting = round(waiting);
            }
            if (!inTrouble) {
                round(waiting.isEmpty() ? catalog.discoveries().take(Duration.ZERO, BATCH) : waiting);
                writeSightings();
            }
        } catch (InterruptedException e) {
            LOG.debug("the tool catalogue ends before all is written");
        } finally {
            store.abort();
        }
    }

    /// @return what has to be tried again
    private List<Discovery> round(List<Discovery> waiting) throws InterruptedException {
        var done = waiting.isEmpty() || write(waiting);
        if (done) {
            waiting.forEach(catalog.discoveries()::done);
            if (System.nanoTime() - sightingsNanos >= BETWEEN_SIGHTINGS.toNanos()) {
                sightingsNanos = System.nanoTime();
                writeSightings();
            }
            return List.of();
        }
        var _ = closing.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS);
        return waiting;
    }

    /// @return whether they are dealt with
    private boolean write(List<Discovery> found) {
        var failure = failure(() -> store.add(found));
        if (failure.isEmpty()) {
            return true;
        }
        if (!isRefusal(failure.get())) {
            note(failure.get());
            return false;
        }
        if (found.size() == 1) {
            refused.increment();
            LOG.atWarn()
                    .addKeyValue("route", found.getFirst().route())
                    .addKeyValue("definition", found.getFirst().definition())
                    .log("a tool's definition cannot be kept");
            return true;
        }
        var half = found.size() / 2;
        // When the second half has to wait, the first is counted again: no more than that.
        return write(found.subList(0, half)) && write(found.subList(half, found.size()));
    }

    private void writeSightings() {
        var seen = catalog.takeSightings();
        if (seen.isEmpty()) {
            return;
        }
        var failure = failure(() -> store.note(seen).forEach(catalog::forget));
        failure.ifPresent(trouble -> {
            seen.forEach(one -> one.definition().keepUnsaved(one.listings()));
            note(trouble);
        });
    }

    private interface Statements {
        void run() throws SQLException;
    }

    private Optional<Exception> failure(Statements statements) {
        try {
            statements.run();
            if (inTrouble) {
                inTrouble = false;
                LOG.atInfo().log("the tool catalogue is written again");
            }
            return Optional.empty();
        } catch (SQLException | RuntimeException e) {
            return Optional.of(e);
        }
    }

    private void note(Exception trouble) {
        failures.increment();
        store.abort();
        if (!inTrouble) {
            inTrouble = true;
            LOG.atWarn()
                    .addKeyValue("reason", trouble.getClass().getSimpleName())
                    .log("the tool catalogue cannot be written; what is new waits");
        }
    }

    /// Whether the database works and will not take a row as it is: its [error
    /// code](https://www.postgresql.org/docs/17/errcodes-appendix.html) is about data, or a limit.
    private static boolean isRefusal(Exception failure) {
        return failure instanceof DataAccessException refusal
                && (refusal.sqlState().startsWith("22")
                        || refusal.sqlState().startsWith("23")
                        || refusal.sqlState().startsWith("54"));
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }
}

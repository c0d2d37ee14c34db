package dev.portcullis.console.events.store;

import static dev.portcullis.database.audit.Tables.ADMIN_EVENTS;
import static dev.portcullis.database.audit.Tables.ADMIN_EVENT_LINKS;
import static org.jooq.impl.DSL.currentOffsetDateTime;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import dev.portcullis.database.audit.tables.records.AdminEventLinksRecord;
import dev.portcullis.database.audit.tables.records.AdminEventsRecord;
import dev.portcullis.ledger.CanonicalRecord;
import dev.portcullis.ledger.Checkpoints;
import dev.portcullis.ledger.GrowingChain;
import dev.portcullis.ledger.Link;
import dev.portcullis.ledger.SigningKey;
import dev.portcullis.ledger.Subject;
import jakarta.annotation.PreDestroy;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

/// Links admin events, whoever wrote them, to a chain of the console, and signs how far it has come each
/// minute in which some came.
///
/// Of several consoles on one database, one does it: the one that holds the lock, with the connection that
/// it keeps.
@Component
public class AdminEventLinker {
    private static final Logger LOG = LoggerFactory.getLogger(AdminEventLinker.class);
    private static final long LOCK = 4_705_127_350_126_731_265L;
    private static final String WRITER = "console";
    private static final int MOST = 500;
    private static final Duration ROUND = Duration.ofSeconds(2);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofMinutes(1);
    /// An event's time is its transaction's beginning, and transactions end in another order.
    private static final Duration LATEST = Duration.ofHours(1);

    private final DataSource database;
    private final GrowingChain chain;
    private final Checkpoints checkpoints;
    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("admin-event-links").daemon().factory());
    private volatile Optional<Connection> connection = Optional.empty();
    private volatile boolean failing;
    /// How far all events are linked; empty when that is not known, and all of them have to be looked at.
    private Optional<OffsetDateTime> linkedUntil = Optional.empty();

    private long signedAt = System.nanoTime();

    public AdminEventLinker(DataSource database, SigningKey key, Clock clock) {
        this.database = database;
        this.chain = new GrowingChain(
                Subject.ADMIN_EVENT,
                WRITER,
                clock,
                reason -> LOG.atError()
                        .addKeyValue("reason", reason)
                        .log("the admin events in the database are not as they were linked"));
        this.checkpoints = new Checkpoints(key, WRITER, clock);
    }

    /// Begins to look every two seconds.
    @EventListener(ApplicationReadyEvent.class)
    public void start() {
        clockwork.scheduleWithFixedDelay(this::round, 0, ROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Links and signs what came last, unless the database does not answer.
    @PreDestroy
    public void stop() {
        clockwork.shutdown();
        if (!isRoundOver()) {
            connection.ifPresent(AdminEventLinker::abort);
            return;
        }
        if (failing) {
            return;
        }
        try {
            if (isLeader()) {
                connection.orElseThrow().setNetworkTimeout(Runnable::run, Math.toIntExact(LONGEST_STOP.toMillis()));
                while (link() == MOST) {}
                checkpoints.close(sql(), chain);
            }
        } catch (SQLException | RuntimeException e) {
            LOG.atWarn().addKeyValue("reason", e.toString()).log("the last admin events have no checkpoint");
        }
        release();
    }

    private boolean isRoundOver() {
        try {
            return clockwork.awaitTermination(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// One look, by whoever is to look.
    void round() {
        try {
            failing = false;
            if (!isLeader()) {
                return;
            }
            while (link() == MOST) {}
            if (System.nanoTime() - signedAt >= BETWEEN_CHECKPOINTS.toNanos()) {
                signedAt = System.nanoTime();
                checkpoints.close(sql(), chain);
                chain.inspect(sql());
            }
        } catch (SQLException | RuntimeException e) {
            LOG.atWarn().addKeyValue("reason", e.toString()).log("admin events cannot be linked now");
            failing = true;
            release();
        }
    }

    /// Links the oldest that are not, and returns how many.
    private int link() {
        var newest = newest();
        var events = sql().transactionResult(transaction -> {
            var found = unlinked(transaction.dsl());
            if (found.isEmpty()) {
                chain.confirm(transaction.dsl());
            } else {
                insert(
                        transaction.dsl(),
                        found,
                        chain.append(
                                transaction.dsl(),
                                found.stream().map(CanonicalRecord::of).toList()));
            }
            return found;
        });
        if (!events.isEmpty()) {
            chain.committed();
        }
        if (events.size() < MOST) {
            linkedUntil = newest;
        }
        return events.size();
    }

    /// When the newest event happened; a clock that was ahead does not count.
    private Optional<OffsetDateTime> newest() {
        return sql().select(max(ADMIN_EVENTS.OCCURRED_AT))
                .from(ADMIN_EVENTS)
                .where(ADMIN_EVENTS.OCCURRED_AT.le(currentOffsetDateTime()))
                .fetchOptional(0, OffsetDateTime.class);
    }

    private List<AdminEventsRecord> unlinked(DSLContext sql) {
        return sql.selectFrom(ADMIN_EVENTS)
                .where(notExists(
                        selectOne().from(ADMIN_EVENT_LINKS).where(ADMIN_EVENT_LINKS.EVENT.eq(ADMIN_EVENTS.ID))))
                .and(linkedUntil
                        .map(until -> ADMIN_EVENTS.OCCURRED_AT.gt(until.minus(LATEST)))
                        .orElseGet(DSL::noCondition))
                .orderBy(ADMIN_EVENTS.OCCURRED_AT, ADMIN_EVENTS.ID)
                .limit(MOST)
                .fetch();
    }

    private static void insert(DSLContext sql, List<AdminEventsRecord> events, List<Link> links) {
        var rows = new ArrayList<AdminEventLinksRecord>();
        for (int at = 0; at < events.size(); at++) {
            var link = links.get(at);
            rows.add(new AdminEventLinksRecord(events.get(at).getId(), link.chain(), link.sequence(), link.hash()));
        }
        sql.batchInsert(rows).execute();
    }

    private boolean isLeader() throws SQLException {
        if (connection.isPresent()) {
            return true;
        }
        var asked = database.getConnection();
        asked.setAutoCommit(true);
        var isOurs = DSL.using(asked, SQLDialect.POSTGRES)
                .fetchSingle("select pg_try_advisory_lock(?)", LOCK)
                .get(0, boolean.class);
        if (!isOurs) {
            asked.close();
            return false;
        }
        connection = Optional.of(asked);
        linkedUntil = Optional.empty();
        return true;
    }

    private DSLContext sql() {
        return DSL.using(connection.orElseThrow(), SQLDialect.POSTGRES);
    }

    /// The pool would keep the connection, and the lock with it.
    private void release() {
        connection.ifPresent(held -> {
            try {
                DSL.using(held, SQLDialect.POSTGRES).fetch("select pg_advisory_unlock(?)", LOCK);
                held.close();
            } catch (SQLException | RuntimeException e) {
                abort(held);
            }
        });
        connection = Optional.empty();
    }

    private static void abort(Connection broken) {
        try {
            broken.abort(Runnable::run);
            broken.close();
        } catch (SQLException ignored) {
            // It is gone already.
        }
    }
}

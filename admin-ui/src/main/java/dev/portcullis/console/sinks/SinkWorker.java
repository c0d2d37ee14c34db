package dev.portcullis.console.sinks;

import dev.portcullis.console.sinks.ocsf.OcsfAdminEvent;
import dev.portcullis.console.sinks.ocsf.OcsfEvent;
import dev.portcullis.console.sinks.ocsf.OcsfGap;
import dev.portcullis.console.sinks.ocsf.OcsfToolCall;
import dev.portcullis.console.sinks.store.SinkLock;
import dev.portcullis.console.sinks.store.SinkStore;
import dev.portcullis.console.trail.Portion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/// Sends one sink what is recorded, batch after batch, for as long as its thread is not interrupted.
///
/// What a receiver does not take is sent again, for ever: after a second at first, then ever more
/// seldom, and in smaller batches, so that one record it cannot take holds up no more than it must.
final class SinkWorker implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SinkWorker.class);
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int MOST_RECORDS = 500;
    private static final long MOST_BYTES = 4L << 20;

    private final SinkSettings settings;
    private final Sink sink;
    private final SinkStore store;
    private final SinkLock lock;
    private final Clock clock;
    private Duration pause = SHORTEST_PAUSE;
    private int records = MOST_RECORDS;

    SinkWorker(SinkSettings settings, Sink sink, SinkStore store, Clock clock) {
        this.settings = settings;
        this.sink = sink;
        this.store = store;
        this.lock = store.lock(settings);
        this.clock = clock;
    }

    @Override
    public void run() {
        try (sink;
                lock) {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(step());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// How long to wait for the next one.
    private Duration step() {
        try {
            if (!lock.isOurs()) {
                return IDLE;
            }
            store.prepare(settings);
            var portion = new Portion(records, MOST_BYTES, settings.arguments());
            var sent = store.advance(settings, portion, this::send);
            if (sent == 0) {
                return IDLE;
            }
            if (!pause.equals(SHORTEST_PAUSE) || records < MOST_RECORDS) {
                LOG.atInfo().addKeyValue("sink", settings.name()).log("a sink takes records again");
            }
            pause = SHORTEST_PAUSE;
            records = Math.min(records * 2, MOST_RECORDS);
            return Duration.ZERO;
        } catch (SinkFailureException e) {
            return isStopping() ? Duration.ZERO : fail(e);
        } catch (RuntimeException e) {
            if (isStopping()) {
                return Duration.ZERO;
            }
            LOG.atWarn().setCause(e).addKeyValue("sink", settings.name()).log("a sink could not look for records");
            return backOff();
        }
    }

    /// Whoever is interrupted loses its connections, which is no trouble.
    private static boolean isStopping() {
        return Thread.currentThread().isInterrupted();
    }

    private void send(Waiting waiting) {
        var events = new ArrayList<OcsfEvent>(waiting.size());
        for (var gap : waiting.gaps()) {
            LOG.atLevel(gap.cut().isPresent() ? Level.WARN : Level.ERROR)
                    .addKeyValue("sink", settings.name())
                    .addKeyValue("chain", gap.chain())
                    .addKeyValue("first", gap.first())
                    .addKeyValue("last", gap.last())
                    .log(
                            gap.cut().isPresent()
                                    ? "retention dropped records before a sink had sent them"
                                    : "records are missing that a sink has not sent, and retention did not drop them");
            events.add(OcsfGap.of(gap, OffsetDateTime.now(clock)));
        }
        waiting.events().forEach(event -> events.add(OcsfAdminEvent.of(event)));
        waiting.calls().forEach(call -> events.add(OcsfToolCall.of(call)));
        try {
            sink.send(List.copyOf(events));
        } catch (IOException e) {
            throw new SinkFailureException(e);
        }
    }

    private Duration fail(SinkFailureException trouble) {
        LOG.atWarn()
                .addKeyValue("sink", settings.name())
                .addKeyValue("receiver", settings.receiver().place())
                .addKeyValue("error", trouble.getMessage())
                .log("a sink could not send; nothing is lost, it tries again");
        records = Math.max(1, records / 2);
        try {
            store.fail(settings.name(), String.valueOf(trouble.getMessage()));
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).addKeyValue("sink", settings.name()).log("a sink could not note its failure");
        }
        return backOff();
    }

    /// Meanwhile another console may try, which has a way of its own to the receiver.
    private Duration backOff() {
        lock.close();
        var now = pause;
        var doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        return now;
    }
}

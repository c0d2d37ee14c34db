package dev.portcullis.console.components;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.server.Command;
import com.vaadin.flow.server.VaadinSession;
import jakarta.annotation.PreDestroy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Brings screens up to date while somebody looks at them.
///
/// The server pushes, the browser does not ask: an open tab therefore does not keep its session alive.
///
/// An update holds its session's lock. While the database answers slowly or nothing, updates rest for longer than they
/// last, so that whoever asks for something has the session in between, and none is waited for twice.
@Service
public class LiveUpdates {
    private static final Logger LOG = LoggerFactory.getLogger(LiveUpdates.class);

    private static final long SLOW_NANOS = Duration.ofSeconds(1).toNanos();

    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("console-live-updates").daemon().factory());

    /// Runs `update` under the session's lock again and again, from when `component` is attached until
    /// it is detached.
    public void whileAttached(Component component, Duration period, Command update) {
        component.addAttachListener(attached -> {
            var ui = attached.getUI();
            var isWaiting = new AtomicBoolean();
            var repeated = repeat(period, () -> {
                if (isWaiting.compareAndSet(false, true)) {
                    var _ = ui.access(() -> {
                        isWaiting.set(false);
                        unlessAtRest(ui.getSession(), update);
                    });
                }
            });
            component.addDetachListener(detached -> {
                detached.unregisterListener();
                repeated.cancel(false);
            });
        });
    }

    private ScheduledFuture<?> repeat(Duration period, Command access) {
        return clockwork.scheduleWithFixedDelay(
                () -> {
                    try {
                        access.execute();
                    } catch (UIDetachedException e) {
                        LOG.debug("a screen was closed", e);
                    }
                },
                period.toMillis(),
                period.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /// Until when a session has no updates.
    private record Rest(long untilNanos) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /// Whoever ends a request carries out the updates that came meanwhile: without rests there would always be more.
    private static void unlessAtRest(VaadinSession session, Command update) {
        var begin = System.nanoTime();
        var rest = session.getAttribute(Rest.class);
        if (rest != null && begin - rest.untilNanos() < 0) {
            return;
        }
        quietly(update);
        var end = System.nanoTime();
        if (end - begin > SLOW_NANOS) {
            session.setAttribute(Rest.class, new Rest(end + 2 * (end - begin)));
        }
    }

    /// A database that is away for a moment must not end the updates, nor fill the screen with error
    /// messages.
    private static void quietly(Command update) {
        try {
            update.execute();
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("a screen could not be brought up to date");
        }
    }

    @PreDestroy
    void stop() {
        clockwork.shutdownNow();
    }
}

package dev.portcullis.console.components;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.server.Command;
import jakarta.annotation.PreDestroy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Brings screens up to date while somebody looks at them.
///
/// The server pushes, the browser does not ask: an open tab therefore does not keep its session alive.
@Service
public class LiveUpdates {
    private static final Logger LOG = LoggerFactory.getLogger(LiveUpdates.class);

    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("console-live-updates").daemon().factory());

    /// Runs `update` under the session's lock again and again, from when `component` is attached until
    /// it is detached.
    public void whileAttached(Component component, Duration period, Command update) {
        component.addAttachListener(attached -> {
            var ui = attached.getUI();
            var repeated = repeat(period, () -> {
                var _ = ui.access(() -> quietly(update));
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

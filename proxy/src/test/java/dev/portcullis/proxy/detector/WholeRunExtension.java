package dev.portcullis.proxy.detector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.proxy.scenario.LeakAlarm;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

import java.util.List;

/// Watches the whole test run, class by class: a class in which an event loop of the product waited, or
/// a buffer leaked, fails. Found by JUnit itself, so that no test can forget it.
public final class WholeRunExtension implements BeforeAllCallback, AfterAllCallback {
    private static final Namespace OURS = Namespace.create(WholeRunExtension.class);

    /// How the threads of [dev.portcullis.proxy.server.Transport] are named.
    private static final String EVENT_LOOPS = "proxy-";

    @Override
    public void beforeAll(ExtensionContext context) {
        if (isOutermost(context)) {
            context.getStore(OURS).put(EVENT_LOOPS, new EventLoopWatch(EVENT_LOOPS));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        var watch = isOutermost(context) ? context.getStore(OURS).remove(EVENT_LOOPS, EventLoopWatch.class) : null;
        if (watch != null) {
            try (watch) {
                assertSilent(watch.waits());
            }
            LeakAlarm.assertSilent();
        }
    }

    static void assertSilent(List<String> waits) {
        assertThat(waits).as("waits of event loops").isEmpty();
    }

    private static boolean isOutermost(ExtensionContext context) {
        return context.getTestClass()
                .filter(type -> type.getEnclosingClass() == null)
                .isPresent();
    }
}

package dev.portcullis.standalone.process;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/// The time from a server's start to Ctrl-C or SIGTERM. What was started is stopped in reverse order,
/// whatever ends it; a step that is under way is waited for, so that nothing is left half-started.
public final class Lifetime implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lifetime.class);

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final PrintWriter messages;
    private boolean over;
    private boolean failed;

    private Lifetime(PrintWriter messages) {
        this.messages = messages;
    }

    /// Begins; from here on a signal ends it.
    public static Lifetime begin(PrintWriter messages) {
        var lifetime = new Lifetime(messages);
        Runtime.getRuntime().addShutdownHook(new Thread(lifetime::endBySignal, "portcullis-stop"));
        return lifetime;
    }

    /// Starts one more part, which [#close] will stop. Does not return when the end has come meanwhile.
    public <T extends AutoCloseable> T start(Supplier<T> part) {
        synchronized (this) {
            if (!over) {
                var started = part.get();
                running.push(started);
                return started;
            }
        }
        awaitEnd();
        throw new IllegalStateException("the JVM is about to end");
    }

    /// Waits for a signal, which ends the JVM before this returns.
    public int awaitEnd() {
        var never = new CountDownLatch(1);
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.FINE;
    }

    /// Stops everything. A part that does not stop is logged, and the others are stopped all the same.
    @Override
    public synchronized void close() {
        over = true;
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                failed = true;
                LOG.atError().setCause(e).log("could not stop cleanly");
            }
        }
    }

    /// A signal is how a server is meant to be stopped, so the exit code is 0 when everything stopped.
    private void endBySignal() {
        synchronized (this) {
            if (over) {
                return;
            }
            messages.println("Stopping…");
            messages.flush();
            close();
            messages.println(failed ? "Stopped, not cleanly." : "Stopped.");
            messages.flush();
        }
        Runtime.getRuntime().halt(failed ? ExitCode.REFUSED : ExitCode.FINE);
    }
}

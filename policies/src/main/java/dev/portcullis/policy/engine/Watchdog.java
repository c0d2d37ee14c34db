package dev.portcullis.policy.engine;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Stops evaluations of code that is not the product's own when they take too long.
///
/// Translated WebAssembly looks at its thread's interrupt flag in every loop and call, so the flag stops
/// it. Event loops evaluate, and must never see that flag: it is set only while the evaluation is
/// certain to be running, and taken back before its end. One thread watches for the whole process, and
/// rests when there is nothing to watch.
///
/// What counts is the time that the thread was on a processor, as far as the JVM tells it; on a busy
/// machine waiting for one is nobody's fault. After [#PATIENCE] times the allowance it counts no more.
final class Watchdog {
    private static final long LOOK_NANOS = 500_000;
    private static final long LINGER_NANOS = 50_000_000;
    private static final int PATIENCE = 100;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final boolean TELLS_TIME = THREADS.isThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled();

    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean resting;

    private Watchdog() {
        thread = Thread.ofPlatform().name("policy-watchdog").daemon().unstarted(this::look);
        thread.start();
    }

    /// Started on first use.
    private static final class Shared {
        static final Watchdog DOG = new Watchdog();
    }

    static Watchdog shared() {
        return Shared.DOG;
    }

    /// Runs an evaluation on this thread.
    ///
    /// @throws NoAnswer when it was stopped
    <T> T within(long nanos, Supplier<T> evaluation) {
        var interruptedBefore = Thread.interrupted();
        var watch = new Watch(Thread.currentThread(), System.nanoTime(), nanos);
        begin(watch);
        try {
            return evaluation.get();
        } catch (ChicoryInterruptedException e) {
            throw new NoAnswer("the organization's own rules took longer than they may");
        } finally {
            watches.remove(watch);
            watch.end();
            if (interruptedBefore) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void begin(Watch watch) {
        watches.add(watch);
        if (resting) {
            LockSupport.unpark(thread);
        }
    }

    private void look() {
        var lastSeen = System.nanoTime();
        while (true) {
            var now = System.nanoTime();
            if (!watches.isEmpty()) {
                lastSeen = now;
                watches.forEach(watch -> watch.stopIfOver(now));
            }
            if (now - lastSeen > LINGER_NANOS) {
                rest();
            } else {
                LockSupport.parkNanos(this, LOOK_NANOS);
            }
        }
    }

    private void rest() {
        resting = true;
        if (watches.isEmpty()) {
            LockSupport.park(this);
        }
        resting = false;
    }

    /// One evaluation. Its thread and the watching thread agree about its state, so that the thread is
    /// interrupted only while it runs, and its end waits for an interruption that has begun.
    private static final class Watch {
        private static final int RUNNING = 0;
        private static final int STOPPING = 1;
        private static final int STOPPED = 2;
        private static final int ENDED = 3;
        private static final long NOT_SEEN = -1;

        private final Thread runner;
        private final long started;
        private final long allowed;
        private final AtomicInteger state = new AtomicInteger(RUNNING);
        private long busyWhenFirstSeen = NOT_SEEN;

        Watch(Thread runner, long started, long allowed) {
            this.runner = runner;
            this.started = started;
            this.allowed = allowed;
        }

        void stopIfOver(long now) {
            if (isOver(now) && state.compareAndSet(RUNNING, STOPPING)) {
                runner.interrupt();
                state.set(STOPPED);
            }
        }

        private boolean isOver(long now) {
            var busy = busyNanos();
            if (busy < 0) {
                return now - started >= allowed;
            }
            if (busyWhenFirstSeen == NOT_SEEN) {
                busyWhenFirstSeen = busy;
            }
            return busy - busyWhenFirstSeen >= allowed || now - started >= allowed * PATIENCE;
        }

        /// Below 0 when the JVM does not tell, as for virtual threads.
        private long busyNanos() {
            return TELLS_TIME && !runner.isVirtual() ? THREADS.getThreadCpuTime(runner.threadId()) : -1;
        }

        void end() {
            if (!state.compareAndSet(RUNNING, ENDED)) {
                while (state.get() != STOPPED) {
                    Thread.onSpinWait();
                }
                var _ = Thread.interrupted();
            }
        }
    }
}

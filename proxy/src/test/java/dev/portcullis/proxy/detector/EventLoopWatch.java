package dev.portcullis.proxy.detector;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Sees every wait of the event loops from its making to [#waits]: sleeping, parking (which is also
/// `Future.get`, `join` and every lock of `java.util.concurrent`), `Object.wait`, monitors that somebody
/// else held for long, and reading and writing of files and of Java's own sockets. The flight recorder
/// of the JVM tells; no class is changed for it.
///
/// An event loop waits in a call of the operating system that the recorder does not report, so its own
/// rest is not seen.
final class EventLoopWatch implements AutoCloseable {
    /// Events that are a wait however short it was.
    private static final List<String> ALWAYS = List.of(
            "jdk.ThreadSleep",
            "jdk.ThreadPark",
            "jdk.JavaMonitorWait",
            "jdk.SocketRead",
            "jdk.SocketWrite",
            "jdk.FileRead",
            "jdk.FileWrite",
            "jdk.FileForce",
            NameLookup.NAME);

    private static final String MONITOR = "jdk.JavaMonitorEnter";

    /// A short lock is no wait; its holder may have been unlucky with the processor, though.
    private static final Duration SHORT = Duration.ofMillis(100);

    /// Classes whose parking is the taking of a lock.
    private static final Set<String> LOCKS = Set.of(
            "java.util.concurrent.locks.ReentrantLock$NonfairSync",
            "java.util.concurrent.locks.ReentrantLock$FairSync",
            "java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync",
            "java.util.concurrent.locks.StampedLock");

    /// Where a wait is right. Each with its reason.
    private static final List<Permitted> PERMITTED = List.of(
            new Permitted("java.lang.ClassLoader", "the first use of a class reads it from its jar, once"),
            new Permitted("jdk.internal.loader.", "the same"),
            new Permitted("#<clinit>", "an initializer of a class may read its tables, once"),
            new Permitted("java.lang.System#loadLibrary", "the first use of a native library, once"),
            new Permitted("sun.security.provider.NativePRNG", "the kernel's random device never waits once seeded"));

    /// What is locked while one thread runs the initializer of a class, which happens once.
    private static final String CLASS_INITIALIZATION = "[I";

    private record Permitted(String frame, String because) {
        boolean covers(RecordedFrame seen) {
            var method = seen.getMethod();
            return (method.getType().getName() + "#" + method.getName()).startsWith(frame)
                    || frame.equals("#" + method.getName());
        }
    }

    private final String threads;
    private final Recording recording = new Recording();

    /// @param threads how the names of the event loops begin
    EventLoopWatch(String threads) {
        this.threads = threads;
        ALWAYS.forEach(event ->
                recording.enable(event).withoutThreshold().withStackTrace().with("throttle", "off"));
        recording.enable(MONITOR).withThreshold(SHORT).withStackTrace();
        recording.start();
    }

    /// The waits so far that nothing permits, with their stacks.
    List<String> waits() {
        try {
            var file = Files.createTempFile("event-loops", ".jfr");
            try {
                recording.dump(file);
                return read(new RecordingFile(file));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        recording.close();
    }

    private List<String> read(RecordingFile file) throws IOException {
        var waits = new ArrayList<String>();
        try (file) {
            while (file.hasMoreEvents()) {
                var event = file.readEvent();
                if (isOnEventLoop(event) && isWait(event) && !isPermitted(event)) {
                    waits.add(described(event));
                }
            }
        }
        return waits;
    }

    private boolean isOnEventLoop(RecordedEvent event) {
        var name = event.hasField("eventThread") && event.getThread() != null
                ? event.getThread().getJavaName()
                : null;
        return name != null && name.startsWith(threads);
    }

    private static boolean isWait(RecordedEvent event) {
        var name = event.getEventType().getName();
        if (name.equals("jdk.ThreadPark") && event.getClass("parkedClass") != null) {
            return !LOCKS.contains(event.getClass("parkedClass").getName())
                    || event.getDuration().compareTo(SHORT) > 0;
        }
        return ALWAYS.contains(name) || name.equals(MONITOR);
    }

    private static boolean isPermitted(RecordedEvent event) {
        return (event.hasField("monitorClass")
                        && event.getClass("monitorClass") != null
                        && event.getClass("monitorClass").getName().equals(CLASS_INITIALIZATION))
                || (event.getStackTrace() != null
                        && event.getStackTrace().getFrames().stream()
                                .anyMatch(frame -> PERMITTED.stream().anyMatch(permitted -> permitted.covers(frame))));
    }

    private static String described(RecordedEvent event) {
        var text = new StringBuilder("%s of %d us on %s"
                .formatted(
                        event.getEventType().getName(),
                        event.getDuration().toNanos() / 1000,
                        event.getThread().getJavaName()));
        if (event.hasField("monitorClass") && event.getClass("monitorClass") != null) {
            text.append(" for ").append(event.getClass("monitorClass").getName());
        }
        if (event.getStackTrace() != null) {
            event.getStackTrace()
                    .getFrames()
                    .forEach(frame -> text.append("\n    at ")
                            .append(frame.getMethod().getType().getName())
                            .append('.')
                            .append(frame.getMethod().getName())
                            .append(':')
                            .append(frame.getLineNumber()));
        }
        return text.toString();
    }
}

package dev.portcullis.proxy.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.FileInputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// The watch on event loops sees what it is there for. The loops of this test have another name than the
/// product's, so that only the watch of this test looks at them.
@Timeout(60)
class EventLoopWatchTest {
    private static final String LOOPS = "watched-";
    private static final MultiThreadIoEventLoopGroup EVENT_LOOPS =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("watched"), NioIoHandler.newFactory());

    private EventLoopWatch watch;

    /// Ways to wait, and what the recorder calls them.
    enum Wait {
        SLEEP("jdk.ThreadSleep", () -> {
            Thread.sleep(1);
            return 0;
        }),
        PARK("jdk.ThreadPark", () -> {
            LockSupport.parkNanos(1_000_000);
            return 0;
        }),
        FUTURE(
                "jdk.ThreadPark",
                () -> new CompletableFuture<>()
                        // longer than a busy machine takes to get there
                        .completeOnTimeout(0, 200, TimeUnit.MILLISECONDS)
                        .get()),
        LOCK_HELD_FOR_LONG("jdk.ThreadPark", () -> {
            var lock = new ReentrantLock();
            var holder = heldByAnother(lock);
            lock.lock();
            holder.join();
            return 0;
        }),
        MONITOR("jdk.JavaMonitorWait", () -> {
            var monitor = new Object();
            synchronized (monitor) {
                monitor.wait(1);
            }
            return 0;
        }),
        FILE_READ("jdk.FileRead", () -> {
            try (var file = new FileInputStream("pom.xml")) {
                return file.read();
            }
        }),
        FILE_FORCED("jdk.FileForce", () -> {
            var path = Files.createTempFile("event-loop", ".txt");
            try (var file = new RandomAccessFile(path.toFile(), "rw")) {
                file.getChannel().force(true);
            } finally {
                Files.delete(path);
            }
            return 0;
        }),
        FILE_WRITTEN("jdk.FileWrite", () -> {
            var path = Files.createTempFile("event-loop", ".txt");
            Files.writeString(path, "x");
            Files.delete(path);
            return 0;
        }),
        SOCKET_READ("jdk.SocketRead", () -> {
            try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    var client = new Socket(listener.getInetAddress(), listener.getLocalPort());
                    var server = listener.accept()) {
                server.getOutputStream().write(1);
                return client.getInputStream().read();
            }
        }),
        // By address, since names are remembered.
        NAME_LOOKUP(
                NameLookup.NAME,
                () -> InetAddress.getByAddress(new byte[] {127, 0, 0, 1}).getCanonicalHostName());

        private final String event;
        private final Callable<?> waiting;

        Wait(String event, Callable<?> waiting) {
            this.event = event;
            this.waiting = waiting;
        }

        private static Thread heldByAnother(ReentrantLock lock) throws InterruptedException {
            var taken = new CompletableFuture<Void>();
            var holder = Thread.ofPlatform().start(() -> {
                lock.lock();
                taken.complete(null);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
                lock.unlock();
            });
            taken.join();
            return holder;
        }
    }

    @BeforeEach
    void begin() {
        watch = new EventLoopWatch(LOOPS);
    }

    @AfterEach
    void end() {
        watch.close();
    }

    @AfterAll
    static void stop() {
        EVENT_LOOPS.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @ParameterizedTest
    @EnumSource
    void waitOnAnEventLoopIsSeen(Wait wait) throws Exception {
        EVENT_LOOPS.next().submit(wait.waiting).get();

        var waits = watch.waits();
        assertThat(waits).anyMatch(text -> text.startsWith(wait.event) && text.contains(LOOPS));
        assertThatThrownBy(() -> WholeRunExtension.assertSilent(waits)).isInstanceOf(AssertionError.class);
    }

    @Test
    void eventLoopThatOnlyWorksIsNotReported() throws Exception {
        var sum = EVENT_LOOPS
                .next()
                .submit(() -> Path.of("a").resolve("b").toString().length());
        var later = EVENT_LOOPS.next().schedule(() -> 0, 20, TimeUnit.MILLISECONDS);
        assertThat(sum.get() + later.get()).isEqualTo(3);

        WholeRunExtension.assertSilent(watch.waits());
    }

    @Test
    void otherThreadsMayWait() throws Exception {
        Wait.PARK.waiting.call();
        Wait.FILE_READ.waiting.call();

        WholeRunExtension.assertSilent(watch.waits());
    }
}

package dev.portcullis.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A loopback relay to a TCP server, which a test can cut and mend, or stall: then connections are made and stay, and
/// nothing is passed on in either direction, like a server that was stopped or a network that swallows everything.
public final class TcpRelay implements AutoCloseable {
    private static final int PIECE = 64 * 1024;

    private final ServerSocket listener;
    private final InetSocketAddress target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean isCut;

    // Under the lock of this.
    private boolean isStalled;
    private Optional<Trigger> trigger = Optional.empty();

    private TcpRelay(ServerSocket listener, InetSocketAddress target) {
        this.listener = listener;
        this.target = target;
    }

    /// @param isPassed whether the server still gets the piece that stalls
    private record Trigger(String text, boolean isPassed) {}

    public static TcpRelay to(String host, int port) throws IOException {
        var relay = new TcpRelay(
                new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), new InetSocketAddress(host, port));
        Thread.ofVirtual().start(relay::accept);
        return relay;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /// Breaks all connections, and every new one at once.
    public void cut() {
        isCut = true;
        links.forEach(Link::drop);
    }

    /// How many new connections it broke.
    public int refused() {
        return refused.get();
    }

    public void mend() {
        isCut = false;
    }

    /// Passes nothing on until it is to go on. Whoever closes a connection meanwhile is not heard either.
    public synchronized void stall() {
        isStalled = true;
    }

    /// Stalls as soon as a client sends this: the server does not get it.
    public synchronized void stallBefore(String text) {
        trigger = Optional.of(new Trigger(text, false));
    }

    /// Stalls as soon as a client has sent this: the server gets it, and its answer does not come back.
    public synchronized void stallAfter(String text) {
        trigger = Optional.of(new Trigger(text, true));
    }

    public synchronized boolean isStalled() {
        return isStalled;
    }

    /// Passes on what was held back, and everything from now on.
    public synchronized void goOn() {
        isStalled = false;
        trigger = Optional.empty();
        notifyAll();
    }

    /// Goes on with new connections. Of those that there were nobody hears anything more: the server keeps them, and
    /// does not learn that its client has left.
    public synchronized void goOnWithoutThoseThereWere() {
        links.forEach(Link::lose);
        goOn();
    }

    @Override
    public void close() throws IOException {
        cut();
        goOn();
        listener.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException e) {
                // Closed, or the target is away: the client sees a closed connection.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        if (isCut) {
            refused.incrementAndGet();
            client.close();
            return;
        }
        var link = new Link(client, new Socket());
        links.add(link);
        link.server.connect(target);
        Thread.ofVirtual().start(() -> link.pump(client, link.server));
        Thread.ofVirtual().start(() -> link.pump(link.server, client));
    }

    private synchronized void awaitPassage(String piece, boolean isFromClient) throws InterruptedException {
        var reached = trigger.filter(at -> isFromClient && piece.contains(at.text()));
        if (reached.isPresent()) {
            trigger = Optional.empty();
            isStalled = true;
        }
        while (isStalled && !reached.filter(Trigger::isPassed).isPresent()) {
            wait();
        }
    }

    /// One connection of a client, and the one to the server that belongs to it.
    private final class Link {
        private final Socket client;
        private final Socket server;
        private volatile boolean isLost;

        private Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        private void pump(Socket from, Socket to) {
            try {
                var piece = new byte[PIECE];
                int length;
                do {
                    length = from.getInputStream().read(piece);
                    awaitPassage(
                            new String(piece, 0, Math.max(0, length), StandardCharsets.ISO_8859_1), from == client);
                    if (length > 0 && !isLost) {
                        to.getOutputStream().write(piece, 0, length);
                    }
                } while (length >= 0 && !isLost);
            } catch (IOException e) {
                // One side left; both are closed.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (!isLost) {
                drop();
            }
        }

        private void lose() {
            isLost = true;
        }

        private void drop() {
            try (client;
                    server) {
                links.remove(this);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

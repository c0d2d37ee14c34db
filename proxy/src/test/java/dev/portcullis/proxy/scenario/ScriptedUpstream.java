package dev.portcullis.proxy.scenario;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/// An upstream that answers every request with the same bytes, whatever they are, and keeps what it
/// received.
final class ScriptedUpstream implements AutoCloseable {
    private final ServerSocket listener;
    private final List<RawMessage> received = new CopyOnWriteArrayList<>();
    private final AtomicLong bytes = new AtomicLong();
    private volatile Script script = new Script("", true);

    /// What to do with a request.
    ///
    /// @param response sent as it is
    /// @param thenClose whether the connection is closed afterwards, or left open in silence
    record Script(String response, boolean thenClose) {}

    ScriptedUpstream() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    void answersWith(Script next) {
        received.clear();
        bytes.set(0);
        script = next;
    }

    /// How many bytes came since [#answersWith].
    long bytes() {
        return bytes.get();
    }

    List<RawMessage> received() {
        return received;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        try {
            while (true) {
                var socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = counted(socket.getInputStream());
            for (var request = RawMessage.read(in); request != null; request = RawMessage.read(in)) {
                received.add(request);
                socket.getOutputStream().write(script.response().getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
                if (script.thenClose()) {
                    return;
                }
            }
            new CountDownLatch(0).await();
        } catch (IOException | UncheckedIOException e) {
            // the gateway hung up
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private InputStream counted(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                var one = super.read();
                bytes.addAndGet(one < 0 ? 0 : 1);
                return one;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                var count = super.read(into, offset, length);
                bytes.addAndGet(Math.max(0, count));
                return count;
            }
        };
    }
}

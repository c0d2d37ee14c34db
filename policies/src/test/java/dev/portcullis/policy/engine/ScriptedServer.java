package dev.portcullis.policy.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// An HTTP server whose every byte is a test's: it reads requests one after the other on each connection
/// and answers as it is told, or not at all.
final class ScriptedServer implements AutoCloseable {
    private static final String HANG_UP = "[hang up]";

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private volatile Function<Integer, String> script;

    /// @param script what the n-th request, counted from 1, is answered; [#HANG_UP]
    ///     at the end hangs up behind it, `...` leaves the client waiting for the rest
    ScriptedServer(Function<Integer, String> script) throws IOException {
        this.script = script;
        Thread.startVirtualThread(this::accept);
    }

    /// An answer of OPA's with this body.
    static String reply(int status, String body) {
        return "HTTP/1.1 " + status + " Said\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    void says(Function<Integer, String> next) {
        script = next;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /// All that was received, head and body of each request in one text.
    List<String> requests() {
        return requests;
    }

    int connectionCount() {
        return connections.size();
    }

    private void accept() {
        try {
            while (true) {
                var connection = listener.accept();
                connections.add(connection);
                Thread.startVirtualThread(() -> serve(connection));
            }
        } catch (SocketException closed) {
            // the test is over
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            for (var request = read(connection.getInputStream()); !request.isEmpty(); ) {
                requests.add(request);
                var answer = script.apply(requests.size());
                var said = answer.replace(HANG_UP, "").replace("...", "");
                connection.getOutputStream().write(said.getBytes(StandardCharsets.UTF_8));
                connection.getOutputStream().flush();
                if (answer.endsWith(HANG_UP)) {
                    return;
                }
                request = read(connection.getInputStream());
            }
        } catch (IOException e) {
            // the client hung up
        }
    }

    private static String read(InputStream in) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            var next = in.read();
            if (next < 0) {
                return "";
            }
            text.append((char) next);
        }
        var length = text.toString()
                .lines()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        return text + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (var connection : connections) {
            connection.close();
        }
    }
}

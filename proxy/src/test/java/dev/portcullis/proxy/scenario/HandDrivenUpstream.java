package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// An upstream that a test drives by hand, one connection and one piece of a response at a time.
final class HandDrivenUpstream implements AutoCloseable {
    static final String STREAM_HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final ServerSocket listener;

    HandDrivenUpstream() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(20_000);
    }

    int port() {
        return listener.getLocalPort();
    }

    /// The next request on a connection of its own.
    Exchange next() throws IOException {
        var socket = listener.accept();
        socket.setSoTimeout(20_000);
        var request = RawMessage.read(socket.getInputStream());
        assertThat(request).isNotNull();
        return new Exchange(socket, request);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    /// One request, and the pieces of its response.
    record Exchange(Socket socket, RawMessage request) implements AutoCloseable {
        Exchange beginStream() throws IOException {
            send(STREAM_HEAD);
            return this;
        }

        void event(String lines) throws IOException {
            var text = lines + "\n\n";
            send(Integer.toHexString(text.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + text + "\r\n");
        }

        void message(String json) throws IOException {
            event("data: " + json);
        }

        void endStream() throws IOException {
            send("0\r\n\r\n");
        }

        void answer(String headers, String body) throws IOException {
            send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + headers + "Content-Length: "
                    + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
        }

        void fails(int status, String type, String body) throws IOException {
            send("HTTP/1.1 " + status + " Failed\r\nContent-Type: " + type + "\r\nContent-Length: "
                    + body.getBytes(StandardCharsets.UTF_8).length + "\r\nConnection: close\r\n\r\n" + body);
        }

        void accepted() throws IOException {
            send("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
        }

        private void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}

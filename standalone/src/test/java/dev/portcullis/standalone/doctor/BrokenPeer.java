package dev.portcullis.standalone.doctor;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// Listens, and does to whoever connects what no decent server does.
final class BrokenPeer implements AutoCloseable {
    private final ServerSocket socket;
    private final Behaviour behaviour;

    /// What becomes of a connection.
    interface Behaviour {
        void meet(Socket client) throws IOException;
    }

    BrokenPeer(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    /// Says nothing, ever.
    static BrokenPeer silent() throws IOException {
        return new BrokenPeer(client -> client.getInputStream().transferTo(OutputStream.nullOutputStream()));
    }

    /// Answers whatever it hears with these bytes, and hangs up.
    static BrokenPeer saying(String text) throws IOException {
        return new BrokenPeer(client -> {
            client.getInputStream().read(new byte[8192]);
            client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            client.shutdownOutput();
        });
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void accept() {
        try {
            while (true) {
                var client = socket.accept();
                Thread.startVirtualThread(() -> meet(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void meet(Socket client) {
        try (client) {
            behaviour.meet(client);
        } catch (IOException e) {
            // gone
        }
    }
}

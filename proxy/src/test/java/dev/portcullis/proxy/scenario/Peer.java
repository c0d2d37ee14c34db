package dev.portcullis.proxy.scenario;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/// What a peer can do to the other end of its socket.
final class Peer {
    private Peer() {}

    /// Whether the peer has hung up, found out by sending one byte more.
    static boolean isGone(Socket socket) throws IOException {
        var usual = socket.getSoTimeout();
        try {
            socket.setSoTimeout(1);
            send(socket, "x");
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        } finally {
            socket.setSoTimeout(usual);
        }
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /// Closes with a RST in place of a FIN.
    static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    static int readToEnd(Socket socket) {
        try {
            return socket.getInputStream().readAllBytes().length;
        } catch (IOException e) {
            return 0;
        }
    }
}

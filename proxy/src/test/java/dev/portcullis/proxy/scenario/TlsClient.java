package dev.portcullis.proxy.scenario;

import dev.portcullis.proxy.fixture.TlsMaterial;
import io.netty.pkitesting.X509Bundle;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;

import javax.net.ssl.SSLSocket;

/// A client that speaks HTTP/1.1 over TLS to a gateway on this machine.
///
/// @param own the certificate it shows
record TlsClient(TlsMaterial material, int port, Optional<X509Bundle> own) {
    /// One request on a connection of its own.
    RawMessage exchange(String request) throws Exception {
        try (var socket = connect()) {
            return exchange(socket, request);
        }
    }

    /// One more request on this connection.
    ///
    /// @throws IOException when there is no answer
    static RawMessage exchange(Socket socket, String request) throws IOException {
        Peer.send(socket, request);
        var answer = RawMessage.read(socket.getInputStream());
        if (answer == null) {
            throw new IOException("hung up");
        }
        return answer;
    }

    SSLSocket connect() throws Exception {
        return over(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /// On a connection on which something else was said before. The handshake comes with the first byte.
    SSLSocket over(Socket connection) throws Exception {
        connection.setSoTimeout(10_000);
        return (SSLSocket)
                material.clientContext(own).getSocketFactory().createSocket(connection, "localhost", port, true);
    }
}

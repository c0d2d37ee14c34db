package dev.portcullis.standalone.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// What somebody begins to answer to a plain HTTP request, to learn what is spoken there.
///
/// @param text at most as much as an HTTP answer begins with; empty when nothing came
record FirstBytes(String text) {
    private static final String HTTP = "HTTP/";

    static FirstBytes of(Target target, InetAddress address, Duration patience) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, target.port()), Math.toIntExact(patience.toMillis()));
            socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
            socket.getOutputStream()
                    .write(("HEAD / HTTP/1.1\r\nHost: " + target.uri().getRawAuthority()
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            var bytes = socket.getInputStream().readNBytes(HTTP.length());
            return new FirstBytes(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return new FirstBytes("");
        }
    }

    boolean areHttp() {
        return text.equals(HTTP);
    }

    boolean areSomethingElse() {
        return !text.isEmpty() && !areHttp();
    }
}

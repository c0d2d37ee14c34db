package dev.portcullis.proxy.scenario;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// An HTTP message as it came over a socket, its body unchunked.
///
/// @param complete whether the body ended as its head said
record RawMessage(String startLine, List<String> headerLines, String body, boolean complete) {

    /// What is answered to a request on a connection of its own.
    static RawMessage exchange(int port, String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return Objects.requireNonNull(read(socket.getInputStream()), "no answer");
        }
    }

    /// Reads one message; null at the end of the stream.
    static @Nullable RawMessage read(InputStream in) throws IOException {
        var start = line(in);
        if (start == null) {
            return null;
        }
        var headers = new ArrayList<String>();
        for (var line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            headers.add(line);
        }
        var head = new RawMessage(start, headers, "", true);
        if (start.startsWith("HTTP/1.1 100")) {
            return read(in);
        }
        var out = new ByteArrayOutputStream();
        boolean complete;
        if (start.startsWith("HTTP/1.1 204")) {
            return head;
        }
        if (head.header("transfer-encoding").isPresent()) {
            complete = chunks(in, out);
        } else if (head.header("content-length").isPresent()) {
            var length = Integer.parseInt(head.header("content-length").get());
            out.writeBytes(in.readNBytes(length));
            complete = out.size() == length;
        } else {
            complete = true;
            if (start.startsWith("HTTP/")) {
                out.writeBytes(in.readAllBytes());
            }
        }
        return new RawMessage(start, headers, out.toString(StandardCharsets.UTF_8), complete);
    }

    int status() {
        return Integer.parseInt(startLine.split(" ", 3)[1]);
    }

    Optional<String> header(String name) {
        var prefix = name.toLowerCase(Locale.ROOT) + ":";
        return headerLines.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .findFirst();
    }

    private static boolean chunks(InputStream in, ByteArrayOutputStream out) throws IOException {
        for (var size = line(in); size != null; size = line(in)) {
            var length = Integer.parseInt(size.strip(), 16);
            var chunk = in.readNBytes(length);
            out.writeBytes(chunk);
            if (chunk.length < length || line(in) == null) {
                return false;
            }
            if (length == 0) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String line(InputStream in) throws IOException {
        var out = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return out.size() == 0 ? null : out.toString(StandardCharsets.UTF_8);
            }
            if (b != '\r') {
                out.write(b);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}

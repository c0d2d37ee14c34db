package dev.portcullis.acceptance;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes its requests byte by byte, and can therefore write wrong ones. A connection for each.
record RawClient(URI gateway) {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");
    private static final JsonMapper JSON = JsonMapper.shared();

    /// What came back, as it was.
    record Answer(String head, String body) {
        int status() {
            return Integer.parseInt(head.split(" ", 3)[1]);
        }

        Optional<String> header(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }

        String exchange() {
            return header("portcullis-exchange").orElseThrow(() -> new AssertionError(this.toString()));
        }

        /// The JSON in the body, whether that is chunked or an event.
        JsonNode json() {
            return JSON.readTree(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1));
        }
    }

    /// A call of a tool with these lines in the head.
    Answer call(String route, String tool, String... headers) {
        var body = """
                {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s","arguments":{}}}""".formatted(tool);
        return post("/mcp/" + route, body, headers);
    }

    Answer post(String target, String body, String... headers) {
        return send("POST " + target, body, headers);
    }

    Answer get(String target, String... headers) {
        return send("GET " + target, "", headers);
    }

    /// @param start HTTP method and target
    Answer send(String start, String body, String... headers) {
        var ownHost = Stream.of(headers)
                .noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("host:"));
        var lines = Stream.of(
                        Stream.of(start + " HTTP/1.1"),
                        ownHost ? Stream.of("Host: " + gateway.getAuthority()) : Stream.<String>of(),
                        Stream.of(
                                "Content-Type: application/json",
                                "Accept: application/json, text/event-stream",
                                "Connection: close"),
                        body.isEmpty() ? Stream.<String>of() : Stream.of("Content-Length: " + bytes(body).length),
                        Stream.of(headers))
                .flatMap(part -> part)
                .collect(Collectors.joining("\r\n"));
        return sendRaw(lines + "\r\n\r\n" + body);
    }

    /// Whatever it is, and reads one answer.
    Answer sendRaw(String request) {
        return exchange(request, RawClient::oneAnswer);
    }

    /// Whatever it is, and reads until the gateway closes the connection.
    Answer sendLast(String request) {
        return exchange(request, InputStream::readAllBytes);
    }

    private interface Reader {
        byte[] from(InputStream input) throws IOException;
    }

    private Answer exchange(String request, Reader read) {
        try (var socket = new Socket(gateway.getHost(), gateway.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(bytes(request));
            socket.getOutputStream().flush();
            var all = new String(read.from(socket.getInputStream()), StandardCharsets.UTF_8);
            var parts = all.split("\r\n\r\n", 2);
            return new Answer(parts[0], parts.length > 1 ? parts[1] : "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Opens a stream of events and reads it to its end.
    ///
    /// @return completes with the moment at which it ended
    CompletableFuture<Instant> openStream(String route, List<String> headers) {
        var begun = new CompletableFuture<Void>();
        var ended = new CompletableFuture<Instant>();
        Thread.ofVirtual().start(() -> {
            try (var socket = new Socket(gateway.getHost(), gateway.getPort())) {
                var head = "GET /mcp/" + route + " HTTP/1.1\r\nHost: " + gateway.getAuthority()
                        + "\r\nAccept: text/event-stream\r\nMCP-Protocol-Version: 2025-11-25\r\n"
                        + String.join("\r\n", headers) + "\r\n\r\n";
                socket.getOutputStream().write(bytes(head));
                var input = socket.getInputStream();
                if (!new String(input.readNBytes(15), StandardCharsets.US_ASCII).equals("HTTP/1.1 200 OK")) {
                    throw new IOException("the stream did not begin");
                }
                begun.complete(null);
                input.transferTo(OutputStream.nullOutputStream());
                ended.complete(Instant.now());
            } catch (IOException | RuntimeException e) {
                begun.completeExceptionally(e);
                ended.complete(Instant.now());
            }
        });
        begun.join();
        return ended;
    }

    /// A body without a length ends with the connection.
    private static byte[] oneAnswer(InputStream input) throws IOException {
        var read = new ByteArrayOutputStream();
        while (!read.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = input.read();
            if (next < 0) {
                return read.toByteArray();
            }
            read.write(next);
        }
        var length = LENGTH.matcher(read.toString(StandardCharsets.ISO_8859_1));
        read.write(length.find() ? input.readNBytes(Integer.parseInt(length.group(1))) : input.readAllBytes());
        return read.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

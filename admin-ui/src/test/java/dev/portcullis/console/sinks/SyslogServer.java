package dev.portcullis.console.sinks;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A syslog server that reads counted octets, over TCP or TLS, and knows nothing of the product.
public final class SyslogServer implements TestReceiver {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Optional<TestCertificates> certificates;
    private final int port;
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger resets = new AtomicInteger();
    private Optional<ServerSocket> listening = Optional.empty();

    private SyslogServer(Optional<TestCertificates> certificates) {
        this.certificates = certificates;
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static SyslogServer plain() {
        return new SyslogServer(Optional.empty());
    }

    static SyslogServer withTls(TestCertificates certificates) {
        return new SyslogServer(Optional.of(certificates));
    }

    @Override
    public SinkSettings.Receiver settings() {
        return new SinkSettings.Syslog("localhost", port, certificates.map(TestCertificates::trusting));
    }

    /// The next connections are read, and then reset instead of ended.
    void resetNext(int connections) {
        resets.set(connections);
    }

    @Override
    public void start() {
        try {
            var server = certificates.isPresent()
                    ? certificates.get().server().getServerSocketFactory().createServerSocket()
                    : new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress("localhost", port));
            listening = Optional.of(server);
            Thread.ofVirtual().start(() -> accept(server));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try {
            if (listening.isPresent()) {
                listening.get().close();
            }
            for (var connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> messages() {
        return List.copyOf(messages);
    }

    /// What stands behind the header.
    List<JsonNode> bodies() {
        return messages.stream()
                .map(message -> JSON.readTree(message.split(" ", 8)[7]))
                .toList();
    }

    @Override
    public List<String> ids() {
        return bodies().stream()
                .map(body -> body.at("/metadata/uid").asString())
                .toList();
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                var connection = server.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> read(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void read(Socket connection) {
        try (connection) {
            var in = new BufferedInputStream(connection.getInputStream());
            for (var length = length(in); length >= 0; length = length(in)) {
                var message = in.readNBytes(length);
                if (message.length < length) {
                    // Half a message is none: it will be sent again.
                    return;
                }
                messages.add(new String(message, StandardCharsets.UTF_8));
            }
            if (resets.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                connection.setSoLinger(true, 0);
            }
        } catch (SocketException e) {
            // stopped, or the client went away
        } catch (IOException e) {
            // the client speaks something else
        }
    }

    /// The count before the next message, or -1 at the end.
    private static int length(InputStream in) throws IOException {
        var digits = new StringBuilder();
        for (var next = in.read(); next != ' '; next = in.read()) {
            if (next < '0' || next > '9') {
                return -1;
            }
            digits.append((char) next);
        }
        return Integer.parseInt(digits.toString());
    }
}

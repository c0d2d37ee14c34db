package dev.portcullis.console.sinks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.portcullis.configuration.Secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/// A receiver of OTLP over HTTP. Of the protocol buffers it reads what it needs: an attribute's key,
/// five bytes of lengths, and the text that is its value.
final class LogCollector implements TestReceiver {
    private static final Pattern UID = Pattern.compile("log\\.record\\.uid\\x12.\\x0a(.)", Pattern.DOTALL);

    private final int port;
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private Optional<HttpServer> listening = Optional.empty();

    LogCollector() {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public SinkSettings.Receiver settings() {
        return new SinkSettings.Otlp(
                URI.create("http://127.0.0.1:" + port + "/v1/logs"),
                Map.of("authorization", new Secret("Bearer collector")),
                SinkTls.of(Optional.empty(), Optional.empty()));
    }

    /// The next requests are answered with 503, as by a collector that is overloaded.
    void refuseNext(int requests) {
        refusals.set(requests);
    }

    @Override
    public void start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.createContext("/v1/logs", this::receive);
            server.start();
            listening = Optional.of(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        listening.ifPresent(server -> server.stop(0));
    }

    @Override
    public List<String> ids() {
        return List.copyOf(ids);
    }

    /// Whole requests, as Latin-1.
    List<String> bodies() {
        return List.copyOf(bodies);
    }

    private void receive(HttpExchange exchange) throws IOException {
        var body =
                new String(new GZIPInputStream(exchange.getRequestBody()).readAllBytes(), StandardCharsets.ISO_8859_1);
        var authorized = "Bearer collector".equals(exchange.getRequestHeaders().getFirst("authorization"));
        var refused = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        if (authorized && !refused) {
            bodies.add(body);
            ids.addAll(uids(body));
        }
        exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(refused ? 503 : authorized ? 200 : 401, -1);
        exchange.close();
    }

    private static List<String> uids(String body) {
        var uids = new ArrayList<String>();
        var found = UID.matcher(body);
        while (found.find()) {
            uids.add(body.substring(found.end(), found.end() + found.group(1).charAt(0)));
        }
        return uids;
    }
}

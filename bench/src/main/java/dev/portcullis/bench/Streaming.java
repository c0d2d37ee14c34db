package dev.portcullis.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The two measurements of streaming. `bench/streaming.sh` runs them; what they mean stands in
/// `docs/streaming.md`.
public final class Streaming implements AutoCloseable {
    private static final String OPEN_STREAM = String.join(
            "\r\n",
            "GET %s HTTP/1.1",
            "Host: localhost",
            "Accept: text/event-stream",
            "MCP-Protocol-Version: 2025-11-25",
            "",
            "");
    private static final String LISTEN_BODY = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"subscriptions/listen\","
            + "\"params\":{\"notifications\":{\"toolsListChanged\":true},"
            + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
    private static final String LISTEN = "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Accept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2026-07-28\r\n"
            + "Mcp-Method: subscriptions/listen\r\nContent-Length: " + LISTEN_BODY.length() + "\r\n\r\n" + LISTEN_BODY;
    private static final Duration BETWEEN_EVENTS = Duration.ofMillis(100);
    private static final int ROUNDS = 3;

    private static final String EVENTS = "events";
    private static final String SILENCE = "silence";

    private final EventLoopGroup threads = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final EventSource events;
    private final EventSource silence;
    private final Installation installation;

    /// Starts a gateway and its upstreams.
    ///
    /// @param distribution the folder with `bin/portcullis`
    /// @param streams how many may be open at once
    /// @param javaOptions for the gateway's JVM
    public Streaming(Path distribution, int streams, String javaOptions) throws Exception {
        events = new EventSource(threads, BETWEEN_EVENTS);
        silence = new EventSource(threads, Duration.ZERO);
        installation = new Installation(
                distribution, Map.of(EVENTS, events.port(), SILENCE, silence.port()), streams, javaOptions);
    }

    /// Delays in milliseconds, of events that came directly and of events that came through the gateway.
    public record Delay(int events, double directP50, double directP99, double throughP50, double throughP99) {
        public double addedP50() {
            return throughP50 - directP50;
        }

        public double addedP99() {
            return throughP99 - directP99;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d events; direct p50 %.3f ms, p99 %.3f ms; through the gateway p50 %.3f ms, p99 %.3f ms; "
                            + "added p50 %.3f ms, p99 %.3f ms",
                    events,
                    directP50,
                    directP99,
                    throughP50,
                    throughP99,
                    addedP50(),
                    addedP99());
        }
    }

    /// The memory of the proxy's process, in MiB.
    ///
    /// @param streams how many were still open at the end
    public record Memory(int streams, long before, long after) {
        @Override
        public String toString() {
            return "%d idle streams; resident memory of the proxy %d MiB before, %d MiB with them"
                    .formatted(streams, before, after);
        }
    }

    /// `delay STREAMS SECONDS` or `idle|listen STREAMS SECONDS`; the distribution and the JVM options are
    /// system properties.
    public static void main(String[] arguments) throws Exception {
        var distribution = Path.of(System.getProperty("distribution", "standalone/target/distribution"));
        var streams = Integer.parseInt(arguments[1]);
        var time = Duration.ofSeconds(Long.parseLong(arguments[2]));
        try (var streaming = new Streaming(distribution, streams, System.getProperty("javaOptions", ""))) {
            System.out.println(
                    switch (arguments[0]) {
                        case "delay" -> streaming.delay(streams, time);
                        case "idle" -> streaming.idle(streams, time, false);
                        case "listen" -> streaming.idle(streams, time, true);
                        default ->
                            throw new IllegalArgumentException(arguments[0] + " (expected: delay, idle or listen)");
                    });
        }
        System.exit(0);
    }

    /// Measures how long events take, directly and through the gateway, in turns.
    ///
    /// @param time of all turns together
    public Delay delay(int streams, Duration time) throws IOException, InterruptedException {
        var turn = time.dividedBy(2L * ROUNDS);
        var direct = new Delays();
        var through = new Delays();
        measure(streams, installation.port(), new Delays(), turn.multipliedBy(2));
        for (int i = 0; i < ROUNDS; i++) {
            measure(streams, events.port(), direct, turn);
            measure(streams, installation.port(), through, turn);
        }
        return new Delay(
                through.count(),
                direct.percentile(0.5),
                direct.percentile(0.99),
                through.percentile(0.5),
                through.percentile(0.99));
    }

    /// Measures what silent streams cost.
    ///
    /// @param time how long they stay
    /// @param modern whether they are `subscriptions/listen` of the modern era, or GET of the legacy one
    public Memory idle(int streams, Duration time, boolean modern) throws IOException, InterruptedException {
        var request = (modern ? LISTEN : OPEN_STREAM).formatted("/mcp/" + SILENCE);
        try (var clients = new Clients(threads, request, new Delays())) {
            var before = installation.residentMebibytes();
            clients.open(streams, installation.port());
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
            return new Memory(clients.streams(), before, installation.residentMebibytes());
        }
    }

    @Override
    public void close() throws IOException {
        installation.close();
        events.close();
        silence.close();
        threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void measure(int streams, int port, Delays delays, Duration time) throws IOException, InterruptedException {
        var collected = new Delays();
        try (var clients = new Clients(threads, OPEN_STREAM.formatted("/mcp/" + EVENTS), collected)) {
            clients.open(streams, port);
            // What the opening itself delayed does not count.
            TimeUnit.NANOSECONDS.sleep(BETWEEN_EVENTS.multipliedBy(2).toNanos());
            collected.clear();
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
            collected.moveTo(delays);
        }
    }
}

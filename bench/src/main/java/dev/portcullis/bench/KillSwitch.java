package dev.portcullis.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// How fast the kill switch is: two replicas on one PostgreSQL, each with many open streams on which events
/// come. `bench/kill.sh` runs it; what it means stands in `docs/kill-switch.md`.
public final class KillSwitch implements AutoCloseable {
    private static final String ROUTE = "events";
    private static final Duration BETWEEN_EVENTS = Duration.ofSeconds(1);
    private static final String OPEN_STREAM = """
            GET /mcp/%s HTTP/1.1\r
            Host: localhost\r
            Accept: text/event-stream\r
            MCP-Protocol-Version: 2025-11-25\r
            %s\r
            """;
    private static final int REPLICAS = 2;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final String ENGAGE =
            "insert into gateway.kills (id, scope, reason, engaged_by)" + " values (?, ?::jsonb, 'measured', 'bench')";
    private static final String RELEASE =
            "update gateway.kills set released_by = 'bench', released_at = now() where id = ?";
    private static final String OBEYED = "select extract(epoch from max(a.obeyed_at) - k.engaged_at) * 1000, count(*)"
            + " from gateway.kills k join gateway.kill_acknowledgements a on a.kill = k.id where k.id = ?"
            + " group by k.engaged_at";

    private final EventLoopGroup threads = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final EventSource events;
    private final Installation installation;

    /// Starts the replicas and their upstream.
    ///
    /// @param distribution the folder with `bin/portcullis`
    /// @param streams how many may be open on each replica
    public KillSwitch(Path distribution, int streams, String javaOptions) throws Exception {
        events = new EventSource(threads, BETWEEN_EVENTS);
        installation = new Installation(distribution, Map.of(ROUTE, events.port()), streams, javaOptions, REPLICAS);
    }

    /// What a kill stops, and so who says which streams it cuts.
    public enum Scope {
        /// The organization: a replica knows by itself that each of them ends.
        EVERYBODY("{\"organization\": true}"),
        /// A group: the policy engine is asked about each.
        GROUP("{\"groups\": [\"" + KnownCaller.GROUP + "\"]}");

        private final String json;

        Scope(String json) {
            this.json = json;
        }
    }

    /// What was seen, in milliseconds since the kill was written.
    ///
    /// @param kills how often it was engaged
    /// @param streams how many streams were cut, all kills and replicas together
    /// @param streamP50 when half of the streams had ended
    /// @param lastP50 when the last stream of a replica had ended, in half of the cases
    /// @param lastP99 the same in 99 of 100 cases
    /// @param acknowledgedP99 when the last replica had said so
    public record Figures(
            int kills, int streams, double streamP50, double lastP50, double lastP99, double acknowledgedP99) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d kills, %d streams cut; a stream ended after p50 %.0f ms; the last one of a replica after p50 %.0f ms,"
                            + " p99 %.0f ms; the last replica said so after p99 %.0f ms",
                    kills,
                    streams,
                    streamP50,
                    lastP50,
                    lastP99,
                    acknowledgedP99);
        }
    }

    /// `STREAMS KILLS SCOPE`; the distribution and the JVM options are system properties.
    public static void main(String[] arguments) throws Exception {
        var distribution = Path.of(System.getProperty("distribution", "standalone/target/distribution"));
        var streams = Integer.parseInt(arguments[0]);
        var scope = Scope.valueOf(arguments[2].toUpperCase(Locale.ROOT));
        try (var bench = new KillSwitch(distribution, streams, System.getProperty("javaOptions", ""))) {
            // The first ones find everything cold, as a real one may; they are told apart.
            System.out.println("cold: " + bench.measure(scope, streams, 1));
            System.out.println("warm: " + bench.measure(scope, streams, Integer.parseInt(arguments[1])));
        }
        System.exit(0);
    }

    /// Engages and releases a kill again and again.
    ///
    /// @param streams how many are open on each replica; the kill ends all of them
    public Figures measure(Scope scope, int streams, int kills) throws Exception {
        var each = new Delays();
        var last = new Delays();
        var acknowledged = new Delays();
        try (var connection = installation.connect()) {
            for (var i = 0; i < kills; i++) {
                measure(connection, scope, streams, each, last, acknowledged);
            }
        }
        return new Figures(
                kills,
                each.count(),
                each.percentile(0.5),
                last.percentile(0.5),
                last.percentile(0.99),
                acknowledged.percentile(0.99));
    }

    @Override
    public void close() throws IOException {
        installation.close();
        events.close();
        threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void measure(Connection connection, Scope scope, int streams, Delays each, Delays last, Delays acknowledged)
            throws Exception {
        var kill = UUID.randomUUID();
        var request = request(scope);
        var replicas = new ArrayList<Clients>();
        try {
            for (var port : installation.ports()) {
                var clients = new Clients(threads, request, new Delays());
                replicas.add(clients);
                clients.open(streams, port);
            }
            var ends = new ArrayList<AtomicLong>();
            // From before it is written to when the client sees the end: more than the gateway's own share.
            var begin = System.nanoTime();
            for (var clients : replicas) {
                var end = new AtomicLong();
                ends.add(end);
                clients.onEnd(at -> {
                    each.add(at - begin);
                    end.accumulateAndGet(at, Math::max);
                });
            }
            execute(connection, ENGAGE, kill, scope.json);
            awaitEnds(replicas, begin);
            ends.forEach(end -> last.add(end.get() - begin));
            acknowledged.add(awaitAcknowledgements(connection, kill));
        } finally {
            replicas.forEach(Clients::close);
            execute(connection, RELEASE, kill);
        }
        awaitOpen(request);
    }

    private String request(Scope scope) {
        return switch (scope) {
            case EVERYBODY -> OPEN_STREAM.formatted(ROUTE, "");
            case GROUP ->
                OPEN_STREAM.formatted(
                        Installation.routeOfCaller(ROUTE),
                        "Authorization: " + installation.caller().authorization() + "\r\n");
        };
    }

    private static void awaitEnds(List<Clients> replicas, long begin) throws InterruptedException {
        while (replicas.stream().anyMatch(clients -> clients.streams() > 0)) {
            if (System.nanoTime() - begin > PATIENCE_NANOS) {
                throw new IllegalStateException("streams are still open");
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /// @return how long it took, by the database's clock
    private static long awaitAcknowledgements(Connection connection, UUID kill)
            throws SQLException, InterruptedException {
        var end = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < end) {
            try (var statement = connection.prepareStatement(OBEYED)) {
                statement.setObject(1, kill);
                try (var rows = statement.executeQuery()) {
                    if (rows.next() && rows.getInt(2) == REPLICAS) {
                        return Math.round(rows.getDouble(1) * 1e6);
                    }
                }
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        throw new IllegalStateException("not every replica has said that it obeys");
    }

    /// Until every replica takes streams again.
    private void awaitOpen(String request) throws Exception {
        var end = System.nanoTime() + PATIENCE_NANOS;
        for (var port : installation.ports()) {
            while (!opens(port, request)) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("the kill is released, and still obeyed");
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
    }

    private boolean opens(int port, String request) throws Exception {
        try (var probe = new Clients(threads, request, new Delays())) {
            probe.open(1, port);
            return true;
        } catch (IllegalStateException refused) {
            return false;
        }
    }

    private static void execute(Connection connection, String statement, Object... values) throws SQLException {
        try (var prepared = connection.prepareStatement(statement)) {
            for (var i = 0; i < values.length; i++) {
                prepared.setObject(i + 1, values[i]);
            }
            prepared.executeUpdate();
        }
    }
}

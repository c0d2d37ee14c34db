package dev.portcullis.bench.audit;

import dev.portcullis.bench.Distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Kills the proxy, PostgreSQL, or both, at any moment and under load, and then compares every call that the upstream
/// received with the audit trail. `bench/crash.sh` runs it; what it means stands in `docs/audit.md`.
public final class Crashes implements AutoCloseable {
    private static final int CLIENTS = 16;
    private static final int LONGEST_PAUSE_MILLIS = 2_500;
    private static final int KINDS = 3;
    private static final String RECORDED = "select arguments ->> 'call', count(*), min(outcome) from audit.tool_calls"
            + " where arguments ->> 'call' is not null group by 1";

    private final Random random;
    private final ReceivingUpstream upstream = new ReceivingUpstream();
    private final KilledDatabase database;
    private final KilledProxy proxy;

    /// @param root the distribution: the folder with `bin/portcullis`
    /// @param durability as in `proxy.audit.durability`
    /// @param seed of what is killed when
    public Crashes(Path root, String javaOptions, String durability, long seed)
            throws IOException, InterruptedException, SQLException {
        random = new Random(seed);
        var folder = Files.createTempDirectory("portcullis-crash");
        database = new KilledDatabase(folder.resolve("postgresql"));
        proxy = new KilledProxy(
                new Distribution(root, folder), javaOptions, database.port(), upstream.port(), durability);
        proxy.awaitReady();
    }

    /// What came of it.
    ///
    /// @param calls how many the upstream received
    /// @param unknown of how many the end is not recorded
    /// @param lost how many of them have no record
    /// @param duplicated how many of them have more than one record, or came twice
    /// @param invented how many successes are recorded that the upstream knows nothing of
    public record Figures(int calls, int kills, int unknown, int lost, int duplicated, int invented) {
        public boolean isFlawless() {
            return calls > 0 && lost == 0 && duplicated == 0 && invented == 0;
        }

        @Override
        public String toString() {
            return calls + " calls, " + kills + " kills, " + unknown + " with an unknown end, " + lost + " lost, "
                    + duplicated + " duplicated, " + invented + " invented";
        }
    }

    /// `SECONDS`; the distribution, the JVM options, the durability and the seed are system properties.
    public static void main(String[] arguments) throws Exception {
        var seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        try (var crashes = new Crashes(
                Path.of(System.getProperty("distribution", "standalone/target/distribution")),
                System.getProperty("javaOptions", ""),
                System.getProperty("durability", "journal"),
                seed)) {
            var figures = crashes.run(Duration.ofSeconds(Long.parseLong(arguments[0])));
            System.out.println(figures);
            System.exit(figures.isFlawless() ? 0 : 1);
        }
    }

    /// Kills as long as `duration`, and until each kind of kill has come, and compares when everything runs again.
    public Figures run(Duration duration) throws Exception {
        var end = System.nanoTime() + duration.toNanos();
        int kills = 0;
        try (var _ = new CallLoad(proxy.port(), CLIENTS, nanos -> {})) {
            while (System.nanoTime() < end || kills < KINDS) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
                kill(kills);
                kills++;
            }
            proxy.awaitReady();
        }
        proxy.awaitShipped();
        return compare(kills);
    }

    /// Each kind in turn, so that a short run has all of them.
    private void kill(int round) throws IOException, InterruptedException {
        switch (round % KINDS) {
            case 0 -> {
                proxy.kill();
                proxy.startAgain();
                proxy.awaitReady();
            }
            case 1 -> {
                database.kill();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
                database.startAgain();
            }
            default -> {
                database.kill();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
                proxy.kill();
                database.startAgain();
                proxy.startAgain();
                proxy.awaitReady();
            }
        }
    }

    private Figures compare(int kills) throws SQLException {
        var received = upstream.calls();
        var recorded = recorded();
        int unknown = 0;
        int lost = 0;
        int duplicated = 0;
        for (var call : received.entrySet()) {
            var records = recorded.getOrDefault(call.getKey(), new Recorded(0, ""));
            unknown += records.outcome().equals("unknown") ? 1 : 0;
            lost += records.count() == 0 ? 1 : 0;
            duplicated += records.count() > 1 || call.getValue() > 1 ? 1 : 0;
        }
        var invented = recorded.entrySet().stream()
                .filter(call -> call.getValue().outcome().equals("succeeded") && !received.containsKey(call.getKey()))
                .count();
        return new Figures(received.size(), kills, unknown, lost, duplicated, Math.toIntExact(invented));
    }

    private record Recorded(int count, String outcome) {}

    private Map<String, Recorded> recorded() throws SQLException {
        var recorded = new HashMap<String, Recorded>();
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(RECORDED)) {
            while (rows.next()) {
                recorded.put(rows.getString(1), new Recorded(rows.getInt(2), rows.getString(3)));
            }
        }
        return recorded;
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        database.close();
        upstream.close();
    }
}

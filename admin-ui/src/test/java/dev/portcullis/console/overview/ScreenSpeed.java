package dev.portcullis.console.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.TrailSettings;
import dev.portcullis.console.policy.PolicyOwner;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// How long each screen of a large installation takes until it has something to show. `bench/console.sh 10000000`
/// measures what docs/benchmarks.md tells.
class ScreenSpeed {
    private static final Logger LOG = LoggerFactory.getLogger(ScreenSpeed.class);
    private static final long ROWS = Long.getLong("portcullis.console.rows", 20_000);
    private static final int TIMES = Integer.getInteger("portcullis.console.times", 5);

    /// A busy machine; docs/benchmarks.md has what a quiet one takes.
    private static final Duration MOST = Duration.ofSeconds(4);

    @Test
    void everyScreenShowsSomethingWhileSomebodyWaits() {
        var began = System.nanoTime();
        try (var console = new RunningConsole(
                new PolicyOwner.Console(), TrailSettings.usual(), database -> LargeInstallation.fill(database, ROWS))) {
            // Given
            LOG.info("{} records made in {} s", ROWS, seconds(began));
            var counting = System.nanoTime();
            await().atMost(Duration.ofHours(2)).until(() -> isCounted(console));
            LOG.info("counted in {} s", seconds(counting));
            var client = new ScreenClient(console, "admin", console.firstPassword());
            var browsed = new LinkedHashMap<String, Runnable>();
            screens()
                    .forEach((screen, text) -> browsed.put(screen, () -> {
                        var parts = screen.split("\\?", 2);
                        assertThat(client.open(parts[0], parts.length > 1 ? parts[1] : ""))
                                .contains(text);
                    }));
            for (var days : new int[] {1, 7, 30, 180}) {
                browsed.put("REST, overview of " + days + " d", () -> overview(console, days));
            }

            browsed.forEach((name, visit) -> {
                // When
                var nanos = measure(visit);

                // Then
                LOG.info("{}", line(name, nanos));
                assertThat(Duration.ofNanos(nanos[nanos.length / 2])).as(name).isLessThan(MOST);
            });
        }
    }

    /// Each with a text that only its content has.
    private static Map<String, String> screens() {
        var screens = new LinkedHashMap<String, String>();
        screens.put("?period=1h", "Needs attention");
        screens.put("?period=24h", "Needs attention");
        screens.put("?period=7d", "Needs attention");
        screens.put("?period=30d", "Needs attention");
        screens.put("tool-calls", "Tool calls");
        screens.put("policy", "Policy");
        screens.put("kill-switch", "Kill switch");
        screens.put("replicas", "Replicas");
        return screens;
    }

    private static boolean isCounted(RunningConsole console) {
        var overview = RunningConsole.json(console.get("/api/v1/overview"));
        return overview.path("recorded").asBoolean() && overview.path("waiting").asLong() == 0;
    }

    private static void overview(RunningConsole console, int days) {
        var from = OffsetDateTime.now(ZoneOffset.UTC).minusDays(days);
        var response = console.get("/api/v1/overview?from=" + from);
        assertThat(RunningConsole.json(response).at("/total/calls").asLong()).isPositive();
    }

    private static long[] measure(Runnable visit) {
        visit.run();
        var nanos = new long[TIMES];
        for (var i = 0; i < TIMES; i++) {
            var began = System.nanoTime();
            visit.run();
            nanos[i] = System.nanoTime() - began;
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static long seconds(long began) {
        return Duration.ofNanos(System.nanoTime() - began).toSeconds();
    }

    private static String line(String name, long[] nanos) {
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.0f |",
                name.isEmpty() ? "overview" : name,
                nanos[nanos.length / 2] / 1e6,
                nanos[Math.min(nanos.length - 1, nanos.length * 95 / 100)] / 1e6);
    }
}

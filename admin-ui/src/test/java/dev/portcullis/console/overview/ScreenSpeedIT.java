package dev.portcullis.console.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.toolcalls.query.Explained;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How long each screen of a large installation takes until it has something to show, and what it asks the database
/// for that. `bench/console.sh 10000000` measures what docs/benchmarks.md tells; without its properties it is the small
/// version. It needs the page that screens begin with, which is made after the unit tests have run.
class ScreenSpeedIT {
    private static final long ROWS = Long.getLong("portcullis.console.rows", 20_000);
    private static final int TIMES = Integer.getInteger("portcullis.console.times", 3);

    /// Until first content, of a machine that has nothing else to do.
    private static final Duration MOST = Duration.ofMillis(300);

    /// A JVM that has just begun gets faster.
    private static final int ROUNDS = 6;

    private static final int MOST_STATEMENTS = 60;

    /// What one question may look at in the trail, of which the small version has more in each part. Names come from
    /// the
    /// newest 10,000 records.
    private static final int MOST_RECORDS = 12_000;

    private static final WatchedDriver DATABASE = registered();
    private static RunningConsole console;
    private static ScreenClient client;

    @BeforeAll
    static void start() {
        var began = System.nanoTime();
        console = new RunningConsole(
                database -> LargeInstallation.fill(database.dataSource(), ROWS), WatchedDriver::address);
        tell(ROWS + " records made in " + seconds(began) + " s");
        var counting = System.nanoTime();
        await().atMost(Duration.ofHours(2)).until(ScreenSpeedIT::isCounted);
        tell("counted in " + seconds(counting) + " s");
        tell("| screen | p50 ms | p99 ms | first time ms | slowed by others |\n|---|---|---|---|---|");
        LargeInstallation.layInOrderOfTime(console.database().dataSource());
        client = new ScreenClient(console.uri("/"), "admin", console.firstPassword());
    }

    @AfterAll
    static void stop() throws SQLException {
        client.close();
        console.close();
        DriverManager.deregisterDriver(DATABASE);
    }

    static List<Screen> screens() {
        return Screen.all();
    }

    @ParameterizedTest
    @MethodSource("screens")
    void screenShowsSomethingBeforeAnybodyWaits(Screen screen) {
        var first = open(screen);
        for (var round = 1; ; round++) {
            // When
            var busy = BusyMachine.factor();
            var nanos = measure(screen);
            busy = (busy + BusyMachine.factor()) / 2;

            // Then
            var middle = Duration.ofNanos(nanos[nanos.length / 2]);
            var most = Duration.ofNanos((long) (MOST.toNanos() * busy));
            if (middle.compareTo(most) <= 0 || round == ROUNDS) {
                tell(line(screen, first, nanos, busy));
                assertThat(middle)
                        .as("%s on a machine that is busy by a factor of %.1f", screen, busy)
                        .isLessThanOrEqualTo(most);
                return;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("screens")
    void whatAScreenReadsOfTheTrailIsBounded(Screen screen) {
        // When
        var plans = DATABASE.watch(() -> open(screen));

        // Then
        tell(screen + ": " + plans.size() + " statements explained");
        assertThat(plans)
                .isNotEmpty()
                .hasSizeLessThan(MOST_STATEMENTS)
                .allSatisfy(plan -> assertThat(records(plan)).as(plan.sql()).isLessThan(MOST_RECORDS));
    }

    /// How many of the trail were looked at.
    private static long records(Explained.Plan plan) {
        return plan.scans().stream()
                .filter(scan -> scan.table().startsWith("exchanges_"))
                .mapToLong(Explained.Scan::records)
                .sum();
    }

    private static long[] measure(Screen screen) {
        var nanos = new long[TIMES];
        for (var i = 0; i < TIMES; i++) {
            nanos[i] = open(screen);
        }
        Arrays.sort(nanos);
        return nanos;
    }

    /// @return how many nanoseconds it took until it had something to show
    private static long open(Screen screen) {
        var began = System.nanoTime();
        var tab = client.open(screen.path(), screen.query());
        var took = System.nanoTime() - began;
        client.close(tab);
        assertThat(tab.content()).contains(screen.content());
        return took;
    }

    /// For the overview and for the callers.
    private static boolean isCounted() {
        var overview = RunningConsole.json(console.get("/api/v1/overview"));
        return overview.path("recorded").asBoolean()
                && overview.path("waiting").asLong() == 0
                && DSL.using(console.database().dataSource(), SQLDialect.POSTGRES)
                                .fetchSingle("select coalesce(sum(sequence), 0) from gateway.caller_cursors")
                                .get(0, long.class)
                        >= ROWS;
    }

    private static WatchedDriver registered() {
        try {
            return WatchedDriver.registered();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What was measured is what the documented command is for, whatever else is logged.
    private static void tell(String line) {
        System.out.println(line);
    }

    private static long seconds(long began) {
        return Duration.ofNanos(System.nanoTime() - began).toSeconds();
    }

    private static String line(Screen screen, long first, long[] nanos, double busy) {
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.0f | %.1f |",
                screen,
                nanos[nanos.length / 2] / 1e6,
                nanos[Math.min(nanos.length - 1, nanos.length * 99 / 100)] / 1e6,
                first / 1e6,
                busy);
    }
}

package dev.portcullis.console.toolcalls.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.database.TestDatabase;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntConsumer;

/// How long each question of the console takes on a trail of many records. `bench/trail.sh 10000000`
/// measures what docs/benchmarks.md tells.
class TrailSpeedTest {
    private static final Logger LOG = LoggerFactory.getLogger(TrailSpeedTest.class);
    private static final long ROWS = Long.getLong("portcullis.trail.rows", 100_000);
    private static final int TIMES = Integer.getInteger("portcullis.trail.times", 20);

    /// A page's patience, one last piece, and a busy machine.
    private static final Duration MOST = TrailQueries.PATIENCE.plusSeconds(4);

    @Test
    void everyQuestionIsAnsweredWhileSomebodyWaits() {
        try (var database = TestDatabase.create()) {
            // Given
            var sql = DSL.using(database.dataSource(), SQLDialect.POSTGRES);
            var began = System.nanoTime();
            var trail = new GeneratedTrail(sql, ROWS);
            trail.make();
            LOG.info(
                    "{} records in {} s, {}",
                    ROWS,
                    Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                    sql.fetchValue("select pg_size_pretty(sum(pg_total_relation_size(('audit.' || name)::regclass)))"
                            + " from audit.parts()"));

            new TrailQueries(database.dataSource(), trail).all().forEach((name, query) -> {
                // When
                var nanos = measure(query);

                // Then
                LOG.info("{}", line(name, nanos));
                assertThat(Duration.ofNanos(nanos[nanos.length / 2])).as(name).isLessThan(MOST);
            });
        }
    }

    private static long[] measure(IntConsumer query) {
        var nanos = new long[TIMES];
        for (var i = 0; i < TIMES; i++) {
            var began = System.nanoTime();
            query.accept(i);
            nanos[i] = System.nanoTime() - began;
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static String line(String name, long[] nanos) {
        return String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f |",
                name,
                nanos[nanos.length / 2] / 1e6,
                nanos[Math.min(nanos.length - 1, nanos.length * 99 / 100)] / 1e6);
    }
}

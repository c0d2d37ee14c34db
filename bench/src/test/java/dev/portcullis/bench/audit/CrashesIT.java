package dev.portcullis.bench.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Path;
import java.time.Duration;

/// The crash test in small: the proxy, PostgreSQL and both are killed once or more.
@Timeout(300)
class CrashesIT {
    private static final Path DISTRIBUTION = Path.of("../standalone/target/distribution");
    private static final long SEED = 20_261_126;

    @Test
    void everyCallThatTheUpstreamReceivedHasOneRecord() throws Exception {
        try (var crashes = new Crashes(DISTRIBUTION, "-Xmx256m", "journal", SEED)) {
            var figures = crashes.run(Duration.ofSeconds(15));

            assertThat(figures.kills()).isGreaterThanOrEqualTo(3);
            assertThat(figures.isFlawless()).as(figures.toString()).isTrue();
        }
    }
}

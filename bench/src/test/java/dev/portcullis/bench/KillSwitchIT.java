package dev.portcullis.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.bench.KillSwitch.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Path;

/// The measurement in small, with a bound that holds on a busy machine.
@Timeout(120)
class KillSwitchIT {
    @Test
    void twoReplicasCutEveryStreamAtOnce() throws Exception {
        try (var bench = new KillSwitch(
                Path.of("../standalone/target/distribution"), 1000, "-Xmx256m -XX:MaxDirectMemorySize=128m")) {
            var figures = bench.measure(Scope.EVERYBODY, 100, 3);
            var byTheEngine = bench.measure(Scope.GROUP, 20, 1);

            assertThat(figures.streams()).isEqualTo(2 * 3 * 100);
            assertThat(figures.lastP99()).as(figures.toString()).isLessThan(2_000);
            assertThat(byTheEngine.streams()).isEqualTo(2 * 20);
            assertThat(byTheEngine.lastP99()).as(byTheEngine.toString()).isLessThan(2_000);
        }
    }
}

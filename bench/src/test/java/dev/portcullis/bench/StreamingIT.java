package dev.portcullis.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;

/// Both measurements in small, with bounds that hold on a busy machine.
@Timeout(120)
class StreamingIT {
    private static final String JAVA_OPTIONS = "-Xmx512m -XX:MaxDirectMemorySize=256m";

    private static Streaming streaming;

    @BeforeAll
    static void start() throws Exception {
        streaming = new Streaming(Path.of("../standalone/target/distribution"), 1000, JAVA_OPTIONS);
    }

    @AfterAll
    static void stop() throws Exception {
        streaming.close();
    }

    @Test
    void eventsAreHardlyDelayed() throws Exception {
        var delay = streaming.delay(100, Duration.ofSeconds(3));

        assertThat(delay.events()).as(delay.toString()).isGreaterThan(500);
        assertThat(delay.addedP50()).as(delay.toString()).isLessThan(25);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void fiveHundredIdleStreamsCostLittle(boolean modern) throws Exception {
        var memory = streaming.idle(500, Duration.ofSeconds(1), modern);

        assertThat(memory.streams()).as("all are still open").isEqualTo(500);
        assertThat(memory.after()).as(memory.toString()).isLessThan(1024);
    }
}

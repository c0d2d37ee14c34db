package dev.portcullis.bench.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Every benchmark measures what it says it measures: each checks its own result. What it takes is not
/// looked at here.
class IdentityBenchmarksTest {

    @Test
    void everyBenchmarkRuns() throws RunnerException {
        // Given a moment of each, in this process, whatever else is measured on this machine
        System.setProperty("jmh.ignoreLock", "true");
        var options = new OptionsBuilder()
                .include("\\.bench\\.identity\\.")
                .mode(Mode.SampleTime)
                .param("known", "100")
                .param("tokens", "200")
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(3))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();

        // When
        var results = new Runner(options).run();

        // Then
        assertThat(results)
                .extracting(result -> result.getParams().getBenchmark().replaceAll(".*\\.identity\\.", "")
                        + (result.getParams().getParam("algorithm") == null
                                ? ""
                                : " " + result.getParams().getParam("algorithm")))
                .containsExactlyInAnyOrder(
                        "ApiKeyBenchmark.right",
                        "ApiKeyBenchmark.wrongSecret",
                        "ApiKeyBenchmark.unknownPrefix",
                        "NoCredentialBenchmark.nothingShown",
                        "TokenBenchmark.remembered RS256",
                        "TokenBenchmark.remembered ES256",
                        "TokenBenchmark.neverSeen RS256",
                        "TokenBenchmark.neverSeen ES256");
    }
}

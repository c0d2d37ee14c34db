package dev.portcullis.bench;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Runs the benchmarks of one package, and prints their figures as the table of `docs/benchmarks.md`.
public final class Figures {
    private Figures() {}

    /// Takes the name of a package of benchmarks and JMH's options; without a pattern among them, all of
    /// its benchmarks run.
    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
        var folder = Figures.class.getPackageName() + "." + arguments[0] + ".";
        var given = new CommandLineOptions(Arrays.copyOfRange(arguments, 1, arguments.length));
        var options = new OptionsBuilder().parent(given).addProfiler(GCProfiler.class);
        if (given.getIncludes().isEmpty()) {
            options.include(folder.replace(".", "\\."));
        }
        System.out.println(table(new Runner(options.build()).run()));
    }

    /// One line for each benchmark with its parameters.
    static String table(Collection<RunResult> results) {
        var rows = new LinkedHashMap<String, Map<Mode, RunResult>>();
        results.forEach(result -> rows.computeIfAbsent(name(result), any -> new LinkedHashMap<>())
                .put(result.getParams().getMode(), result));
        return "| | mean | p50 | p99 | p99.9 | allocated |\n|---|---|---|---|---|---|\n"
                + rows.entrySet().stream()
                        .map(row -> line(row.getKey(), row.getValue()))
                        .collect(Collectors.joining("\n"));
    }

    private static String line(String name, Map<Mode, RunResult> measured) {
        var mean = measured.get(Mode.AverageTime);
        var samples = measured.get(Mode.SampleTime);
        return "| " + name + " | "
                + (mean == null ? "" : time(mean.getPrimaryResult().getScore())) + " | "
                + (samples == null ? " | | " : percentiles(samples)) + " | "
                + allocated(mean == null ? samples : mean) + " |";
    }

    private static String percentiles(RunResult samples) {
        var statistics = samples.getPrimaryResult().getStatistics();
        return time(statistics.getPercentile(50)) + " | " + time(statistics.getPercentile(99)) + " | "
                + time(statistics.getPercentile(99.9));
    }

    private static String allocated(@Nullable RunResult result) {
        return result == null
                ? ""
                : result.getSecondaryResults().keySet().stream()
                        .filter(key -> key.endsWith("gc.alloc.rate.norm"))
                        .map(key -> String.format(
                                Locale.ROOT,
                                "%,.0f B",
                                Objects.requireNonNull(
                                                result.getSecondaryResults().get(key))
                                        .getScore()))
                        .collect(Collectors.joining());
    }

    private static String name(RunResult result) {
        var parameters = result.getParams();
        return "`" + parameters.getBenchmark().replaceFirst("^.*\\.(?=\\w+\\.\\w+$)", "") + "`"
                + parameters.getParamsKeys().stream()
                        .filter(key -> !key.equals("tokens"))
                        .map(key -> ", " + parameters.getParam(key) + (key.equals("known") ? " keys known" : ""))
                        .collect(Collectors.joining());
    }

    private static String time(double nanoseconds) {
        return nanoseconds < 1_000
                ? String.format(Locale.ROOT, "%.0f ns", nanoseconds)
                : String.format(Locale.ROOT, "%.2f µs", nanoseconds / 1_000);
    }
}

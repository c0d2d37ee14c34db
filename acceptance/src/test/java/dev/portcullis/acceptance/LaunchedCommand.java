package dev.portcullis.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// One `./portcullis …`, or a program of the tests, in a process of its own. What it prints is kept in
/// `target/processes`.
final class LaunchedCommand implements AutoCloseable {
    private static final Path LOGS = Path.of("target/processes");
    private static final Duration START_WITHIN = Duration.ofMinutes(3);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(30);
    private static final int PORT_TRIES = 100;
    private static final int LOWEST_PORT = 10_000;
    private static final int LOWEST_EPHEMERAL_PORT = 32_768;

    private final String name;
    private final Process process;
    private final Path log;

    private LaunchedCommand(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /// Starts a command.
    ///
    /// @param name of its log, unique among the tests
    /// @param environment added to this process's own, less every `PORTCULLIS_…`
    static LaunchedCommand start(String name, Map<String, String> environment, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Launcher.READY.toString());
        command.addAll(arguments);
        return launch(name, environment, command);
    }

    /// The command that users type. It may have to build first, and to teach Java to start it faster, which takes its
    /// time
    /// and is said on the way: not in a test.
    private static final class Launcher {
        static final Path READY = prepare();

        private static Path prepare() {
            var launcher = Path.of("../portcullis");
            try (var version = launch("version", Map.of(), List.of(launcher.toString(), "--version"))) {
                version.awaitEnd();
                assertThat(version.process.exitValue()).as(version.output()).isZero();
            }
            return launcher;
        }
    }

    /// Starts a program of the tests, on their class path.
    static LaunchedCommand startProgram(String name, Class<?> main, List<String> arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        return launch(name, Map.of(), command);
    }

    /// Starts a program of somebody else's.
    static LaunchedCommand startBinary(String name, List<String> command) {
        return launch(name, Map.of(), command);
    }

    private static LaunchedCommand launch(String name, Map<String, String> environment, List<String> command) {
        try {
            var log = Files.createDirectories(LOGS).resolve(name + ".log");
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(variable -> variable.startsWith("PORTCULLIS_"));
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().putAll(environment);
            return new LaunchedCommand(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs a command that ends by itself, and gives what it printed.
    static String run(String name, Map<String, String> environment, List<String> arguments) {
        try (var command = start(name, environment, arguments)) {
            command.awaitEnd();
            assertThat(command.process.exitValue()).as(command.output()).isZero();
            return command.output();
        }
    }

    /// A TCP port of loopback that nobody listened on a moment ago. It is none of those that the system hands out,
    /// which
    /// some connection could be given before the command listens on it.
    static int freePort() {
        return ThreadLocalRandom.current()
                .ints(PORT_TRIES, LOWEST_PORT, LOWEST_EPHEMERAL_PORT)
                .filter(LaunchedCommand::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException taken) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitLine(String start) {
        await(() -> output().lines().anyMatch(line -> line.startsWith(start)), "the line \"" + start + "\"");
    }

    /// Waits until an address answers 200.
    void awaitAnswer(URI address) {
        try (var http = HttpClient.newHttpClient()) {
            await(() -> answers(http, address), "an answer at " + address);
        }
    }

    /// Waits until it ends by itself, however that may be.
    void awaitEnd() {
        awaitEnd(START_WITHIN);
    }

    /// Asks the process to end, as Ctrl-C does, and waits for it.
    @Override
    public void close() {
        process.destroy();
        awaitEnd(STOP_WITHIN);
    }

    private void await(BooleanSupplier condition, String what) {
        Awaitility.await(name + ": " + what)
                .atMost(START_WITHIN)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> condition.getAsBoolean() || !process.isAlive());
        assertThat(condition.getAsBoolean())
                .as("%s in what %s printed:%n%s", what, name, output())
                .isTrue();
    }

    private static boolean answers(HttpClient http, URI address) {
        try {
            var request = HttpRequest.newBuilder(address)
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void awaitEnd(Duration limit) {
        try {
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(name + " did not end within " + limit + ":\n" + output());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

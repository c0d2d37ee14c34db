package dev.portcullis.policy.rego;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The `opa` program: Rego's parser, checker, tester and compiler.
///
/// It runs without a shell, with none of this process's environment, in a folder that its caller made,
/// for at most [#DEADLINE] and with at most [#MOST_OUTPUT] bytes of output. Used by many threads.
public final class Opa {
    static final Duration DEADLINE = Duration.ofSeconds(30);
    static final int MOST_OUTPUT = 32 * 1024 * 1024;

    private static final Pattern VERSION = Pattern.compile("(?m)^Version: (\\d+)\\.(\\d+)\\.\\S+$");
    private static final int MAJOR = 1;
    private static final int FIRST_MINOR = 4;

    private final Path binary;

    private Opa(Path binary) {
        this.binary = binary;
    }

    /// What one run said.
    record Run(int exitCode, String output, String errors) {}

    /// The program in this file.
    ///
    /// @throws OpaException when it is not there, or is no OPA of a version that works
    public static Opa at(Path binary) {
        if (!Files.isExecutable(binary) || Files.isDirectory(binary)) {
            throw new OpaException("There is no program " + binary + ": install OPA 1.4 or a later 1.x.");
        }
        var opa = new Opa(binary.toAbsolutePath());
        opa.checkVersion();
        return opa;
    }

    /// The program `opa` in one of the folders of a `PATH`.
    public static Optional<Path> onPath(String path) {
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "opa"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private void checkVersion() {
        var said = run(Path.of(System.getProperty("java.io.tmpdir")), List.of("version"))
                .output();
        var version = VERSION.matcher(said);
        if (!version.find()
                || Integer.parseInt(version.group(1)) != MAJOR
                || Integer.parseInt(version.group(2)) < FIRST_MINOR) {
            throw new OpaException(binary + " is no OPA 1.4 or a later 1.x.");
        }
    }

    /// Runs it in `folder`.
    ///
    /// @throws OpaException when it cannot be run, takes too long or says too much; it is not running
    ///     then
    Run run(Path folder, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(binary.toString());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("HOME", folder.toString());
        // Memory that a compiler of half a megabyte of sources has no use for.
        builder.environment().put("GOMEMLIMIT", "512MiB");
        try {
            var process = builder.start();
            process.getOutputStream().close();
            return finish(process);
        } catch (IOException e) {
            throw new OpaException("The program " + binary + " cannot be started: " + e.getMessage(), e);
        }
    }

    private Run finish(Process process) {
        try {
            var output =
                    CompletableFuture.supplyAsync(() -> text(process.getInputStream()), Thread::startVirtualThread);
            var errors =
                    CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), Thread::startVirtualThread);
            if (!process.waitFor(DEADLINE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new OpaException(binary + " took longer than " + DEADLINE.toSeconds() + " s and was ended.");
            }
            return new Run(
                    process.exitValue(),
                    output.get(DEADLINE.toNanos(), TimeUnit.NANOSECONDS),
                    errors.get(DEADLINE.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException | TimeoutException e) {
            throw new OpaException(binary + " said more than " + MOST_OUTPUT + " bytes, or nothing readable.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OpaException("Interrupted while waiting for " + binary + ".", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String text(InputStream stream) {
        try (stream) {
            var bytes = stream.readNBytes(MOST_OUTPUT + 1);
            if (bytes.length > MOST_OUTPUT) {
                throw new IllegalStateException("too much output");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("unreadable output", e);
        }
    }
}

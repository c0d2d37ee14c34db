package dev.portcullis.standalone;

import org.awaitility.Awaitility;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The program as people start it.
final class RunningProgram implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;
    private final Path output;

    private RunningProgram(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static RunningProgram start(Path output, String... arguments) throws IOException {
        var words = new ArrayList<>(List.of("../portcullis"));
        words.addAll(List.of(arguments));
        var process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new RunningProgram(process, output);
    }

    /// All that it has said so far.
    String output() throws IOException {
        return Files.readString(output);
    }

    /// Waits until it has said `text`.
    RunningProgram awaitOutput(String text) {
        Awaitility.await("output: " + text).atMost(PATIENCE).until(() -> {
            if (!process.isAlive() && !output().contains(text)) {
                throw new AssertionError("ended with " + process.exitValue() + ":\n" + output());
            }
            return output().contains(text);
        });
        return this;
    }

    /// Waits for its end.
    ///
    /// @return the exit code
    int await() throws InterruptedException {
        return process.waitFor();
    }

    /// Sends SIGTERM.
    ///
    /// @return the exit code
    int terminate() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    /// Sends SIGKILL.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}

package dev.portcullis.standalone.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Runs a program to its end.
record Command(List<String> words, Path folder) {
    Command {
        words = List.copyOf(words);
    }

    /// How a program ended.
    ///
    /// @param exitCode 0 when it was content
    /// @param output all that it said, on either stream
    record Ended(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }

        /// Its last words, for a sentence.
        String lastLine() {
            return output.lines()
                    .filter(line -> !line.isBlank())
                    .reduce((first, second) -> second)
                    .map(String::strip)
                    .orElse("exit code " + exitCode);
        }
    }

    /// Waits for the end. The environment is this one without PostgreSQL's own variables, and messages
    /// are in English.
    ///
    /// @throws IOException when there is no such program
    Ended run() throws IOException {
        var builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        environment.put("LC_ALL", "C");
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Ended(process.waitFor(), output);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new PostgresException("Interrupted while " + words.getFirst() + " was running.", e);
        }
    }
}

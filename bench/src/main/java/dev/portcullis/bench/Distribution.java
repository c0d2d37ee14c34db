package dev.portcullis.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The built program, each command in a process of its own whose output goes to a file.
///
/// @param root the folder with `bin/portcullis`
/// @param logs where the files are
public record Distribution(Path root, Path logs) {

    /// @param log the name of the file
    /// @param javaOptions for the JVM
    public Process start(String log, List<String> arguments, String javaOptions) throws IOException {
        var command = new ArrayList<>(List.of(root.resolve("bin/portcullis").toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        logs.resolve(log + ".log").toFile()));
        builder.environment().keySet().removeIf(variable -> variable.startsWith("PORTCULLIS_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("PORTCULLIS_JAVA_OPTIONS", javaOptions);
        return builder.start();
    }
}

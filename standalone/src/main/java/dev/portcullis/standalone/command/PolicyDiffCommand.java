package dev.portcullis.standalone.command;

import dev.portcullis.standalone.client.LineDiff;
import dev.portcullis.standalone.process.ExitCode;
import dev.portcullis.standalone.up.PolicyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/// `portcullis policy diff FILE`: what publishing a document would change.
@Command(
        name = "diff",
        description = "Shows what publishing a policy document would change; exit code 1 when that is something.",
        mixinStandardHelpOptions = true)
public final class PolicyDiffCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The document, YAML or JSON.")
    private Path file = Path.of("");

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @Override
    public Integer call() {
        var document = PolicyFile.read(file);
        try (var client = console.connect()) {
            var changes = LineDiff.between(client.policy().orElse(""), document.text());
            var out = spec.commandLine().getOut();
            changes.forEach(out::println);
            out.flush();
            return changes.isEmpty() ? ExitCode.FINE : ExitCode.REFUSED;
        }
    }
}

package dev.portcullis.standalone.command;

import dev.portcullis.standalone.client.LineDiff;
import dev.portcullis.standalone.client.ModulesDiff;
import dev.portcullis.standalone.process.ExitCode;
import dev.portcullis.standalone.rego.RegoFolder;
import dev.portcullis.standalone.up.PolicyFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.ArrayList;
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

    @Option(
            names = "--rego",
            paramLabel = "DIR",
            description = "The organization's own Rego that would be published with it.")
    private @Nullable Path rego;

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @Override
    public Integer call() {
        var document = PolicyFile.read(file);
        try (var client = console.connect()) {
            var changes = new ArrayList<>(LineDiff.between(client.policy().orElse(""), document.text()));
            if (rego != null) {
                changes.addAll(ModulesDiff.between(client.modules(), RegoFolder.read(rego)));
            }
            var out = spec.commandLine().getOut();
            changes.forEach(out::println);
            out.flush();
            return changes.isEmpty() ? ExitCode.FINE : ExitCode.REFUSED;
        }
    }
}

package dev.portcullis.standalone.command;

import dev.portcullis.standalone.process.ExitCode;
import dev.portcullis.standalone.up.PolicyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/// `portcullis policy publish FILE`: puts a document in force on every replica.
@Command(name = "publish", description = "Publishes a policy document.", mixinStandardHelpOptions = true)
public final class PolicyPublishCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The document, YAML or JSON.")
    private Path file = Path.of("");

    @Option(names = "--comment", paramLabel = "TEXT", required = true, description = "Why; it stays in the history.")
    private String comment = "";

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @Override
    public Integer call() {
        var document = PolicyFile.read(file);
        try (var client = console.connect()) {
            var version = client.publish(document.text(), comment);
            spec.commandLine().getOut().println("Published as version " + version + ".");
        }
        return ExitCode.FINE;
    }
}

package dev.portcullis.standalone.command;

import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.rego.RegoBundle;
import dev.portcullis.standalone.client.ModulesUpload;
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
import java.util.Optional;
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

    @Option(
            names = "--rego",
            paramLabel = "DIR",
            description = "The organization's own Rego, in place of what is in force; otherwise that stays.")
    private @Nullable Path rego;

    @Option(
            names = "--opa",
            paramLabel = "PATH",
            description = "Compiles and tests the Rego here, for a console that has no opa.")
    private @Nullable Path opa;

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @Override
    public Integer call() {
        var document = PolicyFile.read(file);
        var modules = Optional.ofNullable(rego).map(folder -> upload(folder, document.document()));
        try (var client = console.connect()) {
            var version = client.publish(document.text(), modules, comment);
            spec.commandLine().getOut().println("Published as version " + version + ".");
        }
        return ExitCode.FINE;
    }

    private ModulesUpload upload(Path folder, PolicyDocument document) {
        var modules = RegoFolder.read(folder);
        return Optional.ofNullable(opa)
                .map(path -> OwnRego.compile(OpaOption.at(path), modules, Optional.of(document)))
                .map(compiled -> ModulesUpload.compiled(new RegoBundle(modules, compiled.program())))
                .orElseGet(() -> ModulesUpload.sources(modules));
    }
}

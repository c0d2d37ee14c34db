package dev.portcullis.standalone.command;

import dev.portcullis.policy.document.DocumentProblem;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.ReadResult;
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

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `portcullis policy validate FILE`: says all that is wrong with a document, without a console.
@Command(
        name = "validate",
        description = "Checks a policy document; exit code 1 when it is not valid.",
        mixinStandardHelpOptions = true)
public final class PolicyValidateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The document, YAML or JSON.")
    private Path file = Path.of("");

    @Option(names = "--rego", paramLabel = "DIR", description = "The organization's own Rego that goes with it.")
    private @Nullable Path rego;

    @Mixin
    private OpaOption opa = new OpaOption();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        return switch (DocumentReader.read(PolicyFile.text(file))) {
            case ReadResult.Valid valid -> {
                print(valid.warnings(), "warning: ", out);
                out.println(
                        file + " is valid: routes " + valid.document().routes().size() + ", rules "
                                + valid.document().rules().size() + ".");
                if (rego != null) {
                    var compiled =
                            OwnRego.compile(opa.required(), RegoFolder.read(rego), Optional.of(valid.document()));
                    out.println(rego + " can be used: tests passed " + compiled.tests() + ".");
                }
                yield ExitCode.FINE;
            }
            case ReadResult.Invalid invalid -> {
                print(invalid.errors(), "", spec.commandLine().getErr());
                yield ExitCode.REFUSED;
            }
        };
    }

    private void print(List<DocumentProblem> problems, String prefix, PrintWriter out) {
        problems.forEach(problem -> out.println(file + ": " + prefix + problem.describe()));
        out.flush();
    }
}

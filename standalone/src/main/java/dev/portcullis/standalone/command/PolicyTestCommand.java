package dev.portcullis.standalone.command;

import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.engine.OwnRules;
import dev.portcullis.standalone.process.ExitCode;
import dev.portcullis.standalone.rego.ScenarioRun;
import dev.portcullis.standalone.rego.TestFiles;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `portcullis policy test`: an organization's own Rego with its tests, and scenarios, without a console.
@Command(
        name = "test",
        description =
                "Runs scenario files (YAML) and the tests of an organization's own Rego; exit code 1 when one fails.",
        mixinStandardHelpOptions = true)
public final class PolicyTestCommand implements Callable<Integer> {
    /// Scenarios say what is decided, not how fast: each is asked once, by code that runs for the first
    /// time.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description = "Files, and folders to look through: .rego with its _test.rego, .yaml with cases (.).")
    private List<Path> places = List.of();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "The document of scenarios that have none; data.published of the tests in Rego.")
    private @Nullable Path policy;

    @Mixin
    private OpaOption opa = new OpaOption();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var document = Optional.ofNullable(policy).map(PolicyFile::read).map(PolicyFile::document);
        var files = TestFiles.find(places.isEmpty() ? List.of(Path.of(".")) : places);
        var own = own(files, document, out);
        var run = new ScenarioRun(document, own, out);
        files.scenarios().forEach(run::run);
        if (!files.scenarios().isEmpty()) {
            out.println(run.passed() + " cases passed, " + run.failed() + " failed");
        }
        out.flush();
        return run.failed() == 0 ? ExitCode.FINE : ExitCode.REFUSED;
    }

    private Optional<OwnRules> own(TestFiles files, Optional<PolicyDocument> document, PrintWriter out) {
        if (files.modules().isEmpty()) {
            return Optional.empty();
        }
        var compiled = OwnRego.compile(opa.required(), files.modules(), document);
        out.println(compiled.tests() + " tests in Rego passed");
        return Optional.of(OwnRules.load(compiled.program(), PATIENCE, 1));
    }
}

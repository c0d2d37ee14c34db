package dev.portcullis.standalone.command;

import dev.portcullis.policy.document.DocumentProblem;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.ReadResult;
import dev.portcullis.standalone.client.ConsoleClient;
import dev.portcullis.standalone.process.ExitCode;
import dev.portcullis.standalone.rego.RegoFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/// `portcullis policy validate FILE…`: says all that is wrong with documents; without a console, unless one is named.
@Command(
        name = "validate",
        description = {
            "Checks policy documents; exit code 1 when one is not valid, 2 when one cannot be read.",
            "With --url, --token or --data a console is asked, which also warns of names that it has never met."
        },
        mixinStandardHelpOptions = true)
public final class PolicyValidateCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Documents, YAML or JSON; - for standard input.")
    private List<Path> files = List.of();

    @Option(names = "--strict", description = "Warnings fail as well.")
    private boolean strict;

    @Option(
            names = "--json",
            description = "For scripts: one object with every problem, its path, line, value, expectation and"
                    + " suggestion.")
    private boolean json;

    @Option(
            names = "--rego",
            paramLabel = "DIR",
            description = "The organization's own Rego that goes with each of them; compiled and tested.")
    private @Nullable Path rego;

    @Mixin
    private OpaOption opa = new OpaOption();

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @Override
    public Integer call() {
        var inputs = PolicyInputs.all(files);
        if (!ConsoleOptions.areGiven(spec.commandLine().getParseResult())) {
            return check(inputs, DocumentReader::read);
        }
        try (var client = console.connect()) {
            return check(inputs, text -> asked(client, text));
        }
    }

    /// What the console says. What is not valid to this program stays so, whatever a console of another version
    /// says; a console that is sent nothing answers for its draft.
    private static ReadResult asked(ConsoleClient client, String text) {
        var answer = client.validate(text);
        if (!answer.valid()) {
            return new ReadResult.Invalid(true, answer.problems());
        }
        return switch (DocumentReader.read(text)) {
            case ReadResult.Valid(var document, var _) -> new ReadResult.Valid(document, answer.problems());
            case ReadResult.Invalid invalid -> invalid;
        };
    }

    private int check(List<PolicyInputs.Input> inputs, Function<String, ReadResult> reader) {
        var report = JSON.createObjectNode();
        var entries = report.putArray("files");
        var fine = true;
        for (var input : inputs) {
            var result = reader.apply(input.text());
            fine &= isFine(result);
            checkModules(result);
            if (json) {
                entries.add(entry(input, result));
            } else {
                tell(input, result);
            }
        }
        if (json) {
            report.put("valid", fine);
            out().println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report));
        }
        out().flush();
        return fine ? ExitCode.FINE : ExitCode.REFUSED;
    }

    private void checkModules(ReadResult result) {
        if (rego != null && result instanceof ReadResult.Valid(var document, var _)) {
            var compiled = OwnRego.compile(opa.required(), RegoFolder.read(rego), Optional.of(document));
            if (!json) {
                out().println(rego + " can be used: tests passed " + compiled.tests() + ".");
            }
        }
    }

    private boolean isFine(ReadResult result) {
        return switch (result) {
            case ReadResult.Valid valid -> !strict || valid.warnings().isEmpty();
            case ReadResult.Invalid _ -> false;
        };
    }

    private void tell(PolicyInputs.Input input, ReadResult result) {
        switch (result) {
            case ReadResult.Valid(var document, var warnings) -> {
                print(input, warnings, "warning: ", strict ? spec.commandLine().getErr() : out());
                out().println(input.name() + " is valid: routes "
                        + document.routes().size() + ", rules "
                        + document.rules().size() + ".");
            }
            case ReadResult.Invalid(var _, var errors) ->
                print(input, errors, "", spec.commandLine().getErr());
        }
    }

    private static void print(
            PolicyInputs.Input input, List<DocumentProblem> problems, String prefix, PrintWriter out) {
        problems.forEach(problem -> out.println(input.name() + ": " + prefix + problem.describe()));
        out.flush();
    }

    private static ObjectNode entry(PolicyInputs.Input input, ReadResult result) {
        var entry = JSON.createObjectNode().put("file", input.name());
        switch (result) {
            case ReadResult.Valid(var _, var warnings) -> {
                entry.put("valid", true).putArray("errors");
                entry.set("warnings", JSON.valueToTree(warnings));
            }
            case ReadResult.Invalid(var _, var errors) -> {
                entry.put("valid", false).set("errors", JSON.valueToTree(errors));
                entry.putArray("warnings");
            }
        }
        return entry;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}

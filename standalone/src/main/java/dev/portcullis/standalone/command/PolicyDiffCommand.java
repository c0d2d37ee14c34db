package dev.portcullis.standalone.command;

import dev.portcullis.standalone.client.ConsoleClient;
import dev.portcullis.standalone.client.ModulesDiff;
import dev.portcullis.standalone.client.PolicyText;
import dev.portcullis.standalone.process.ExitCode;
import dev.portcullis.standalone.process.Refused;
import dev.portcullis.standalone.rego.RegoFolder;
import dev.portcullis.standalone.up.PolicyFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/// `portcullis policy diff FILE`: what publishing a document would change.
@Command(
        name = "diff",
        description = "Shows what publishing a policy document would change: in meaning, and line by line.",
        mixinStandardHelpOptions = true)
public final class PolicyDiffCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The document, YAML or JSON; - for standard input.")
    private Path file = Path.of("");

    @Option(
            names = "--against",
            paramLabel = "WHAT",
            defaultValue = "published",
            description = "published (the default), draft, the number of a version, or another file, for which no"
                    + " console is asked.")
    private String against = "published";

    @Option(
            names = "--rego",
            paramLabel = "DIR",
            description =
                    "The organization's own Rego that would be published with it, compared with what is in force.")
    private @Nullable Path rego;

    @Option(names = "--exit-code", description = "Ends with 1 when there is a difference.")
    private boolean exitCode;

    @Option(names = "--json", description = "For scripts.")
    private boolean json;

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @Override
    public Integer call() {
        var changes = PolicyChanges.between(other(), PolicyInputs.one(file).text());
        var modules = modules();
        var out = spec.commandLine().getOut();
        if (json) {
            var report = changes.json();
            modules.forEach(report.putArray("rego")::add);
            out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(report));
        } else {
            changes.text().forEach(out::println);
            modules.forEach(out::println);
        }
        out.flush();
        var none = changes.none() && modules.isEmpty();
        return none || !exitCode ? ExitCode.FINE : ExitCode.REFUSED;
    }

    private List<String> modules() {
        if (rego == null) {
            return List.of();
        }
        try (var client = console.connect()) {
            return ModulesDiff.between(client.modules(), RegoFolder.read(rego));
        }
    }

    private String other() {
        return switch (against) {
            case "published" -> asked(client -> client.document("policy").orElse(PolicyText.NONE));
            case "draft" -> asked(client -> client.document("policy/draft").orElse(PolicyText.NONE));
            default ->
                against.matches("[0-9]{1,18}")
                        ? asked(client -> version(client.document("policy/versions/" + against)))
                        : PolicyFile.text(Path.of(against));
        };
    }

    private PolicyText version(Optional<PolicyText> found) {
        return found.orElseThrow(() -> new Refused("There is no version " + against + "."));
    }

    private String asked(Function<ConsoleClient, PolicyText> question) {
        try (var client = console.connect()) {
            return question.apply(client).text();
        }
    }
}

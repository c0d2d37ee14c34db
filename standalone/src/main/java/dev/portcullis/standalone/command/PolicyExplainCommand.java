package dev.portcullis.standalone.command;

import dev.portcullis.standalone.client.ExplainedAnswer;
import dev.portcullis.standalone.process.CannotStart;
import dev.portcullis.standalone.process.ExitCode;
import dev.portcullis.standalone.up.PolicyFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/// `portcullis policy explain [FILE]`: what a policy says to one request, and why.
@Command(
        name = "explain",
        aliases = "evaluate",
        description = {
            "Asks a policy about one request, and shows every rule's part in the answer.",
            "Exit code 1 when the request is not allowed."
        },
        mixinStandardHelpOptions = true)
public final class PolicyExplainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The document, YAML or JSON; otherwise --policy.")
    private @Nullable Path file;

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            description = "Without FILE: published (default), draft, or the number of a version.")
    private @Nullable String policy;

    @Option(names = "--json", description = "Prints the answer of the console as it is.")
    private boolean json;

    @Mixin
    private ImaginedRequest request = new ImaginedRequest();

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @Override
    public Integer call() {
        if (file != null && policy != null) {
            throw new CannotStart("FILE and --policy: give one of them.");
        }
        var body = request.body();
        if (file != null) {
            body.put("policy", PolicyFile.read(file).text());
        } else if (policy != null) {
            body.put("policy", policy);
        }
        try (var client = console.connect()) {
            var answer = client.post("policy/evaluate", body);
            var out = spec.commandLine().getOut();
            out.println(json ? answer.toPrettyString() : new ExplainedAnswer(answer).text());
            out.flush();
            return answer.path("decision").asString().equals("allow") ? ExitCode.FINE : ExitCode.REFUSED;
        }
    }
}

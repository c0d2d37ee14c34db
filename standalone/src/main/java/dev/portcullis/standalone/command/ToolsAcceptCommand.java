package dev.portcullis.standalone.command;

import dev.portcullis.console.tools.VisibleText;
import dev.portcullis.standalone.process.CannotStart;
import dev.portcullis.standalone.process.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.util.List;
import java.util.concurrent.Callable;

/// `portcullis tools accept`: pins tools to the definitions that callers are shown now.
@Command(
        name = "accept",
        description = "Accepts the definitions that callers are shown now; publishes the policy.",
        mixinStandardHelpOptions = true)
final class ToolsAcceptCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "ROUTE", description = "The route.")
    private String route = "";

    @Parameters(index = "1..*", paramLabel = "TOOL", description = "Names of tools.")
    private List<String> names = List.of();

    @Option(
            names = "--read-only-claims",
            description = "All tools that claim to change nothing and that nobody has decided about, as `read`.")
    private boolean readOnlyClaims;

    @Option(
            names = "--class",
            paramLabel = "CLASS",
            description = "What it does, for one tool; as it is when left out.")
    private @Nullable String toolClass;

    @Option(
            names = "--definition",
            paramLabel = "HASH",
            description = "What is accepted, for one tool; what is current when left out.")
    private @Nullable String definition;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; for the history.")
    private @Nullable String reason;

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @Override
    public Integer call() {
        if (readOnlyClaims != names.isEmpty()) {
            throw new CannotStart("tools accept (expected: names of tools, or --read-only-claims)");
        }
        var isAboutOne = toolClass != null || definition != null;
        if (isAboutOne && names.size() != 1) {
            throw new CannotStart("--class, --definition (expected: one tool)");
        }
        try (var client = console.connect()) {
            var answer = isAboutOne
                    ? client.put(ToolText.path(route, names.getFirst()), one())
                    : client.post("tools/" + route + "/accept", several());
            print(answer);
        }
        return ExitCode.FINE;
    }

    private JsonNode one() {
        var body = JsonNodeFactory.instance.objectNode().put("definition", definition == null ? "current" : definition);
        if (toolClass != null) {
            body.put("class", toolClass);
        }
        return reason == null ? body : body.put("reason", reason);
    }

    private JsonNode several() {
        var body = JsonNodeFactory.instance.objectNode();
        if (readOnlyClaims) {
            body.put("readOnlyClaims", true);
        } else {
            names.forEach(body.putArray("tools")::add);
        }
        return reason == null ? body : body.put("reason", reason);
    }

    private void print(JsonNode answer) {
        var out = spec.commandLine().getOut();
        answer.path("tools")
                .forEachEntry((name, tool) -> out.println("Accepted: " + VisibleText.line(name) + ", "
                        + tool.path("class").asString() + ", "
                        + tool.path("definition").asString()));
        answer.path("skipped")
                .forEachEntry((name, why) -> out.println("Left: " + VisibleText.line(name) + ": " + why.asString()));
        ToolsBlockCommand.printVersion(answer, out);
    }
}

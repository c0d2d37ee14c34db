package dev.portcullis.standalone.command;

import dev.portcullis.standalone.process.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

/// `portcullis tools block`: denies tools to everybody, by a rule.
@Command(
        name = "block",
        description = "Denies tools to everybody, by a rule; publishes the policy.",
        mixinStandardHelpOptions = true)
final class ToolsBlockCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "ROUTE", description = "The route.")
    private String route = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "TOOL", description = "Names of tools.")
    private List<String> names = List.of();

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; it stands in the rule.")
    private String reason = "";

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @Override
    public Integer call() {
        var body = JsonNodeFactory.instance.objectNode().put("reason", reason);
        names.forEach(body.putArray("tools")::add);
        try (var client = console.connect()) {
            printVersion(
                    client.post("tools/" + route + "/block", body),
                    spec.commandLine().getOut());
        }
        return ExitCode.FINE;
    }

    /// Which version is in force now, and what is left to do.
    static void printVersion(JsonNode answer, PrintWriter out) {
        out.println(outcome(answer));
        if (answer.path("draft").asString().equals("left")) {
            out.println("The draft does not have it: it holds other work that this does not fit into.");
        }
    }

    private static String outcome(JsonNode answer) {
        if (answer.has("proposal")) {
            return "Proposed as number " + answer.path("proposal").asString()
                    + "; somebody else has to approve it. Nothing is published yet.";
        }
        var version = answer.path("version").asString();
        return answer.path("published").asBoolean(false)
                ? "Published as version " + version + "."
                : "Nothing to change: version " + version + " says so already.";
    }
}

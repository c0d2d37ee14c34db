package dev.portcullis.standalone.command;

import dev.portcullis.standalone.process.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.Callable;

/// `portcullis kill`: stops MCP now, for the whole organization or for routes.
@Command(
        name = "kill",
        description = "Stops MCP now, for the whole organization or for some routes.",
        mixinStandardHelpOptions = true)
public final class KillCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; for the record.")
    private String reason = "";

    @Option(names = "--message", paramLabel = "TEXT", description = "What callers are told.")
    private @Nullable String message;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "When it ends by itself, such as 2026-11-30T18:00:00Z.")
    private @Nullable OffsetDateTime until;

    @Option(names = "--route", paramLabel = "NAME", description = "Only this route; repeatable.")
    private List<String> routes = List.of();

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @Override
    public Integer call() {
        try (var client = console.connect()) {
            var kill = client.post("kills", body());
            spec.commandLine()
                    .getOut()
                    .println("Engaged: kill " + kill.path("id").asString()
                            + ". `portcullis status` shows which replicas obey; `portcullis release` ends it.");
        }
        return ExitCode.FINE;
    }

    private ObjectNode body() {
        var body = JsonNodeFactory.instance.objectNode();
        var scope = body.putObject("scope");
        if (routes.isEmpty()) {
            scope.put("organization", true);
        } else {
            routes.forEach(scope.putArray("routes")::add);
        }
        body.put("reason", reason);
        if (message != null) {
            body.put("message", message);
        }
        if (until != null) {
            body.put("until", until.toString());
        }
        return body;
    }
}

package dev.portcullis.standalone.command;

import dev.portcullis.policy.KillJson;
import dev.portcullis.policy.KillOrder;
import dev.portcullis.policy.KillScope;
import dev.portcullis.standalone.process.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/// `portcullis kill`: stops MCP now, for the whole organization or for what matches every option.
@Command(
        name = "kill",
        description = "Stops MCP now, for the whole organization or for what matches all of the options.",
        mixinStandardHelpOptions = true)
public final class KillCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; for the record.")
    private String reason = "";

    @Option(names = "--message", paramLabel = "TEXT", description = "What callers are told.")
    private @Nullable String message;

    @ArgGroup
    private KillEnd end = new KillEnd();

    @Option(names = "--route", paramLabel = "NAME", description = "Only this route; repeatable, as those that follow.")
    private List<String> routes = List.of();

    @Option(names = "--group", paramLabel = "NAME", description = "Only members of this group.")
    private List<String> groups = List.of();

    @Option(
            names = "--caller",
            paramLabel = "NAME",
            description = "Only this caller, as records name it: key:ci, corp:ada@acme.example.")
    private List<String> callers = List.of();

    @Option(
            names = "--client",
            paramLabel = "NAME",
            description = "Only this client software. The name is its own claim: it can take another.")
    private List<String> clients = List.of();

    @Option(names = "--tool", paramLabel = "NAME", description = "Only this tool: hidden, and its calls refused.")
    private List<String> tools = List.of();

    @Option(
            names = "--exempt-group",
            paramLabel = "NAME",
            description = "Members of this group go on (break-glass), if the gateway itself has checked that they are.")
    private List<String> exemptGroups = List.of();

    @Mixin
    private KillSwitchOptions target = new KillSwitchOptions();

    @Override
    public Integer call() {
        var body = body(order());
        try (var client = target.connect()) {
            tell(client.post("kills", body));
        }
        return ExitCode.FINE;
    }

    /// Checked here already, so that a mistake is wrong usage.
    private KillOrder order() {
        try {
            return new KillOrder(
                    new KillScope(routes, groups, callers, clients, tools),
                    exemptGroups,
                    reason,
                    Optional.ofNullable(message),
                    end.at(Instant.now()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static ObjectNode body(KillOrder order) {
        var body = JsonNodeFactory.instance.objectNode();
        body.set("scope", KillJson.write(order.scope()));
        if (!order.exemptGroups().isEmpty()) {
            body.set("exempt", KillJson.writeExempt(order.exemptGroups()));
        }
        body.put("reason", order.reason());
        order.message().ifPresent(words -> body.put("message", words));
        order.until().ifPresent(time -> body.put("until", time.toString()));
        return body;
    }

    private void tell(JsonNode kill) {
        PrintWriter out = spec.commandLine().getOut();
        var id = kill.path("id").asString();
        out.println("Engaged: kill " + id + ". "
                + (target.isOfOneReplica()
                        ? "This replica obeys; `portcullis release " + id + " --management …` ends it."
                        : "`portcullis status` shows which replicas obey; `portcullis release " + id + "` ends it."));
        var same = kill.path("sameScope").valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
        if (!same.isEmpty()) {
            out.println("Engaged already for the same: kill " + same + ". Each is released for itself.");
        }
        if (kill.has("kept") && !kill.path("kept").asBoolean()) {
            spec.commandLine()
                    .getErr()
                    .println("The replica cannot write its file of kills: this one ends with its process, unless the"
                            + " database hears of it before.");
        }
    }
}

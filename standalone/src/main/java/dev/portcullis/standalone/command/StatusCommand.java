package dev.portcullis.standalone.command;

import dev.portcullis.standalone.client.ConsoleClient;
import dev.portcullis.standalone.process.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

/// `portcullis status`: the policy in force, the kills that are engaged, and which replicas obey.
@Command(
        name = "status",
        description = "Shows the policy in force, engaged kills and the replicas.",
        mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KillSwitchOptions target = new KillSwitchOptions();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        try (var client = target.connect()) {
            if (target.isOfOneReplica()) {
                printKills(client, out);
                return ExitCode.FINE;
            }
            out.println(client.policyVersion()
                    .map(version -> "Policy version " + version + " is in force.")
                    .orElse("No policy has been published."));
            printReplicas(client, out, printKills(client, out));
        }
        return ExitCode.FINE;
    }

    private static List<EngagedKill> printKills(ConsoleClient client, PrintWriter out) {
        var kills = EngagedKill.all(client);
        kills.forEach(kill -> {
            out.println("Kill " + kill.id() + " is engaged for " + kill.scope() + ": " + kill.reason());
            kill.obedience().forEach(line -> out.println("  " + line));
        });
        if (kills.isEmpty()) {
            out.println("No kill is engaged.");
        }
        return kills;
    }

    private static void printReplicas(ConsoleClient client, PrintWriter out, List<EngagedKill> kills) {
        client.get("replicas")
                .path("items")
                .forEach(replica -> out.println("Replica "
                        + replica.path("replica").asString() + ": policy version "
                        + replica.path("policyVersion").asString("none") + ", obeys " + obeyed(replica, kills) + " of "
                        + kills.size() + " kills, last seen "
                        + replica.path("heartbeatAt").asString("never")));
    }

    private static long obeyed(JsonNode replica, List<EngagedKill> kills) {
        return replica.path("kills")
                .valueStream()
                .filter(kill -> kill.path("obeyedAt").isString())
                .map(kill -> kill.path("id").asString())
                .filter(id -> kills.stream().anyMatch(engaged -> engaged.id().equals(id)))
                .count();
    }
}

package dev.portcullis.standalone.command;

import dev.portcullis.standalone.client.ConsoleClient;
import dev.portcullis.standalone.client.ReplayReport;
import dev.portcullis.standalone.process.CannotStart;
import dev.portcullis.standalone.process.ExitCode;
import dev.portcullis.standalone.process.Refused;
import dev.portcullis.standalone.up.PolicyFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/// `portcullis policy replay [FILE]`: what a policy would have said to what has happened.
@Command(
        name = "replay",
        description = {
            "Puts recorded exchanges to a policy and shows what it would newly refuse and newly allow.",
            "Exit code 1 when that is something, or when records could not be decided again."
        },
        mixinStandardHelpOptions = true)
public final class PolicyReplayCommand implements Callable<Integer> {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The document, YAML or JSON; otherwise --policy.")
    private @Nullable Path file;

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            description = "Without FILE: draft (default), published, or the number of a version.")
    private @Nullable String policy;

    @Option(names = "--from", paramLabel = "TIME", description = "From when on; otherwise the day before --to.")
    private @Nullable OffsetDateTime from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "Until when, such as 2026-11-30T18:00:00Z; otherwise now.")
    private @Nullable OffsetDateTime to;

    @Option(
            names = "--baseline",
            paramLabel = "NAME",
            description = "What it is compared with: recorded (default), or published for the policy in force.")
    private @Nullable String baseline;

    @Option(names = "--samples", paramLabel = "N", description = "How many exchanges to name of each group.")
    private @Nullable Integer samples;

    @Option(names = "--limit", paramLabel = "N", description = "How many records to read at most.")
    private @Nullable Integer limit;

    @Option(names = "--json", description = "Prints the answer of the console as it is.")
    private boolean json;

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @Override
    public Integer call() {
        var body = body();
        try (var client = console.connect()) {
            var report = ended(client, client.post("policy/replay", body));
            var out = spec.commandLine().getOut();
            out.println(json ? report.toPrettyString() : new ReplayReport(report).text());
            out.flush();
            return new ReplayReport(report).saysNothingChanges() ? ExitCode.FINE : ExitCode.REFUSED;
        }
    }

    private ObjectNode body() {
        if (file != null && policy != null) {
            throw new CannotStart("FILE and --policy: give one of them.");
        }
        var body = JsonNodeFactory.instance.objectNode().put("background", true);
        if (file != null) {
            body.put("policy", PolicyFile.read(file).text());
        } else if (policy != null) {
            body.put("policy", policy);
        }
        put(body, "from", from);
        put(body, "to", to);
        put(body, "baseline", baseline);
        if (samples != null) {
            body.put("samples", samples);
        }
        if (limit != null) {
            body.put("limit", limit);
        }
        return body;
    }

    private static void put(ObjectNode body, String key, @Nullable Object value) {
        if (value != null) {
            body.put(key, value.toString());
        }
    }

    /// Whoever does not wait for the end does not want it any more.
    private static JsonNode ended(ConsoleClient client, JsonNode begun) {
        var path = "policy/replay/" + begun.path("id").asString();
        var status = begun;
        while (status.path("state").asString().equals("running")) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                client.delete(path);
                throw new Refused("Interrupted; the replay is cancelled.");
            }
            status = client.get(path);
        }
        if (!status.path("state").asString().equals("finished")) {
            throw new Refused("The replay " + status.path("state").asString() + ": "
                    + status.path("reason").asString("somebody ended it."));
        }
        return status;
    }
}

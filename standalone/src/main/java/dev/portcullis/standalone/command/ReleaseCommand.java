package dev.portcullis.standalone.command;

import dev.portcullis.standalone.client.ConsoleClient;
import dev.portcullis.standalone.process.ExitCode;
import dev.portcullis.standalone.process.Refused;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/// `portcullis release`: ends one kill. Without its id, the one that is engaged; of several, one has to be
/// named.
@Command(name = "release", description = "Ends a kill.", mixinStandardHelpOptions = true)
public final class ReleaseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", arity = "0..1", description = "The kill; may be left out when just one is engaged.")
    private @Nullable String id;

    @Option(names = "--all", description = "All that are engaged.")
    private boolean all;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why it may end; for the record.")
    private String reason = "";

    @Mixin
    private KillSwitchOptions target = new KillSwitchOptions();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        try (var client = target.connect()) {
            var ids = id == null ? engaged(client) : List.of(id);
            ids.forEach(each -> {
                client.delete("kills/" + each + query());
                out.println("Released: kill " + each + ".");
            });
            if (ids.isEmpty()) {
                out.println("No kill is engaged.");
            }
        }
        return ExitCode.FINE;
    }

    private List<String> engaged(ConsoleClient client) {
        var kills = EngagedKill.all(client).stream()
                .filter(kill -> !target.isOfOneReplica() || kill.isLocal())
                .toList();
        if (kills.size() > 1 && !all) {
            throw new Refused(kills.stream()
                    .map(kill -> "\n  " + kill.id() + "  " + kill.scope() + ": " + kill.reason())
                    .collect(Collectors.joining("", kills.size() + " kills are engaged: name one, or say --all.", "")));
        }
        return kills.stream().map(EngagedKill::id).toList();
    }

    private String query() {
        return reason.isBlank() ? "" : "?reason=" + URLEncoder.encode(reason.strip(), StandardCharsets.UTF_8);
    }
}

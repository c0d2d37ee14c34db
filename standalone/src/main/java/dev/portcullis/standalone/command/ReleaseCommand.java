package dev.portcullis.standalone.command;

import dev.portcullis.standalone.process.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.concurrent.Callable;

/// `portcullis release`: ends one kill, or all that are engaged.
@Command(name = "release", description = "Ends a kill, or all that are engaged.", mixinStandardHelpOptions = true)
public final class ReleaseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", arity = "0..1", description = "The kill; all that are engaged when left out.")
    private @Nullable String id;

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        try (var client = console.connect()) {
            var ids = id == null
                    ? EngagedKill.all(client).stream().map(EngagedKill::id).toList()
                    : List.of(id);
            ids.forEach(each -> {
                client.delete("kills/" + each);
                out.println("Released: kill " + each + ".");
            });
            if (ids.isEmpty()) {
                out.println("No kill is engaged.");
            }
        }
        return ExitCode.FINE;
    }
}

package dev.portcullis.standalone.command;

import dev.portcullis.standalone.process.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/// `portcullis tools show`: one tool, what changed about it, and every definition it had.
@Command(name = "show", description = "Shows a tool and what changed about it.", mixinStandardHelpOptions = true)
final class ToolsShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "ROUTE", description = "The route.")
    private String route = "";

    @Parameters(index = "1", paramLabel = "TOOL", description = "The tool's name.")
    private String name = "";

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @Override
    public Integer call() {
        try (var client = console.connect()) {
            ToolText.describe(client.get(ToolText.path(route, name)))
                    .forEach(spec.commandLine().getOut()::println);
        }
        return ExitCode.FINE;
    }
}

package dev.portcullis.standalone.command;

import dev.portcullis.console.tools.VisibleText;
import dev.portcullis.standalone.process.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/// `portcullis tools list`: a line for each tool.
@Command(name = "list", description = "Lists every tool that was ever listed.", mixinStandardHelpOptions = true)
final class ToolsListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--route", paramLabel = "NAME", description = "Only this route.")
    private @Nullable String route;

    @Option(names = "--class", paramLabel = "CLASS", description = "Only read, write, execute, delete or admin.")
    private @Nullable String toolClass;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only new, unreviewed, changed, accepted or blocked.")
    private @Nullable String state;

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var asked = "tools?limit=500" + parameter("route", route) + parameter("class", toolClass)
                + parameter("state", state);
        try (var client = console.connect()) {
            var page = client.get(asked);
            var isEmpty = page.path("items").isEmpty();
            while (true) {
                page.path("items").forEach(tool -> out.println(line(tool)));
                if (!page.path("next").isString()) {
                    break;
                }
                page = client.get(asked + parameter("cursor", page.path("next").asString()));
            }
            if (isEmpty) {
                out.println("There is no such tool.");
            }
        }
        return ExitCode.FINE;
    }

    private static String line(JsonNode tool) {
        return VisibleText.line(tool.path("route").asString()) + "  "
                + VisibleText.line(tool.path("name").asString())
                + "  " + tool.path("class").asString() + " ("
                + tool.path("classSource").asString() + "), "
                + tool.path("state").asString()
                + (tool.path("readOnlyHint").asBoolean(false) ? ", claims to change nothing" : "")
                + ", last seen " + tool.path("lastSeenAt").asString();
    }

    private static String parameter(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}

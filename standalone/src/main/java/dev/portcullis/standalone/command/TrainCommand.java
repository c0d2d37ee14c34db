package dev.portcullis.standalone.command;

import dev.portcullis.standalone.process.ExitCode;
import dev.portcullis.standalone.process.Lifetime;
import dev.portcullis.standalone.up.DataFolder;
import dev.portcullis.standalone.up.Installation;
import dev.portcullis.standalone.up.LocalPort;
import dev.portcullis.standalone.up.Ready;
import dev.portcullis.standalone.up.UpOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `portcullis train`: starts everything once, touches it and stops it, so that Java can write down for
/// later starts what it loaded (`-XX:AOTCacheOutput`). The launcher calls it after each build.
@Command(
        name = "train",
        description = "Starts and stops everything once, for Java to learn from.",
        mixinStandardHelpOptions = true,
        hidden = true)
public final class TrainCommand implements Callable<Integer> {
    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},\
            "clientInfo":{"name":"training","version":"1"}}}""";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "An empty folder to be thrown away.")
    private Path data = Path.of("");

    @Override
    public Integer call() throws IOException, InterruptedException {
        var options = new UpOptions(
                DataFolder.at(data), anyPort(), anyPort(), anyPort(), List.of(), Optional.empty(), Optional.empty());
        try (var lifetime = Lifetime.begin(spec.commandLine().getOut())) {
            touch(Installation.start(options, lifetime));
        }
        return ExitCode.FINE;
    }

    private static void touch(Ready ready) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var page = HttpRequest.newBuilder(URI.create(ready.console() + "login"));
            http.send(page.GET().build(), BodyHandlers.ofString());
            var exchange = HttpRequest.newBuilder(URI.create(ready.gateway() + "/mcp/port-eu"))
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json, text/event-stream")
                    .POST(BodyPublishers.ofString(INITIALIZE));
            http.send(exchange.build(), BodyHandlers.ofString());
        }
    }

    private static LocalPort anyPort() {
        return new LocalPort("", 0);
    }
}

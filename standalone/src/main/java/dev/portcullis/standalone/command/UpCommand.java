package dev.portcullis.standalone.command;

import dev.portcullis.standalone.process.Lifetime;
import dev.portcullis.standalone.up.DataFolder;
import dev.portcullis.standalone.up.Installation;
import dev.portcullis.standalone.up.LocalPort;
import dev.portcullis.standalone.up.UpOptions;
import dev.portcullis.standalone.up.Upstream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `portcullis up`: everything on one machine.
@Command(
        name = "up",
        description =
                "Runs everything on this machine: database, gateway, console and a sandbox MCP server. For evaluation.",
        mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".portcullis",
            description = "Where the data is kept (${DEFAULT-VALUE}).")
    private Path data = Path.of(".portcullis");

    @Option(
            names = "--proxy-port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port of the gateway (${DEFAULT-VALUE}).")
    private int proxyPort;

    @Option(
            names = "--console-port",
            paramLabel = "N",
            defaultValue = "8081",
            description = "Port of the console and its REST API (${DEFAULT-VALUE}).")
    private int consolePort;

    @Option(
            names = "--management-port",
            paramLabel = "N",
            defaultValue = "9090",
            description = "Port of health and metrics (${DEFAULT-VALUE}).")
    private int managementPort;

    @Option(names = "--upstream", paramLabel = "NAME=URL", description = "A route to add or replace; repeatable.")
    private List<String> upstreams = List.of();

    @Option(names = "--policy", paramLabel = "FILE", description = "The policy to publish at the first start.")
    private @Nullable Path policy;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings beyond these options.")
    private @Nullable Path configuration;

    @Override
    public Integer call() {
        var options = options();
        var out = spec.commandLine().getOut();
        try (var lifetime = Lifetime.begin(out)) {
            var ready = Installation.start(options, lifetime);
            ready.announce(
                    Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()), out);
            return lifetime.awaitEnd();
        }
    }

    private UpOptions options() {
        return new UpOptions(
                DataFolder.at(data),
                new LocalPort("--proxy-port", proxyPort),
                new LocalPort("--console-port", consolePort),
                new LocalPort("--management-port", managementPort),
                upstreams.stream().map(Upstream::parse).toList(),
                Optional.ofNullable(policy),
                Optional.ofNullable(configuration));
    }
}

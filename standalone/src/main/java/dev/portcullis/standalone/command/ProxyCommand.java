package dev.portcullis.standalone.command;

import dev.portcullis.proxy.config.ProxyConfig;
import dev.portcullis.standalone.database.DatabaseConnections;
import dev.portcullis.standalone.log.Logging;
import dev.portcullis.standalone.process.Lifetime;
import dev.portcullis.standalone.process.ProxyReplica;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/// `portcullis proxy`: one replica of the gateway.
@Command(name = "proxy", description = "Runs one replica of the gateway.", mixinStandardHelpOptions = true)
public final class ProxyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Override
    public Integer call() {
        var config = configuration.read(ProxyConfig::read);
        Logging.everythingToConsole();
        var out = spec.commandLine().getOut();
        try (var lifetime = Lifetime.begin(out)) {
            try (var connections = DatabaseConnections.open(config.database())) {
                connections.checkMigrated();
            }
            var proxy = lifetime.start(() -> ProxyReplica.start(config));
            out.println("Portcullis proxy is ready on port " + proxy.port() + ", management on port "
                    + proxy.managementPort() + ".");
            out.flush();
            return lifetime.awaitEnd();
        }
    }
}

package dev.portcullis.standalone.command;

import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.console.Console;
import dev.portcullis.console.setup.FirstStart;
import dev.portcullis.standalone.database.DatabaseConnections;
import dev.portcullis.standalone.log.Logging;
import dev.portcullis.standalone.process.Lifetime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/// `portcullis console`: the admin console and its REST API.
@Command(name = "console", description = "Runs the admin console and its REST API.", mixinStandardHelpOptions = true)
public final class ConsoleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Override
    public Integer call() {
        var settings = configuration.read(ConsoleConfiguration::read);
        Logging.everythingToConsole();
        var out = spec.commandLine().getOut();
        try (var lifetime = Lifetime.begin(out)) {
            prepare(settings.database(), out);
            var console = lifetime.start(() -> Console.start(settings));
            out.println("Portcullis console is ready on port " + console.port() + ".");
            out.flush();
            return lifetime.awaitEnd();
        }
    }

    /// A database that has no administrator gets one; it is said here and nowhere else how to sign in.
    private static void prepare(DatabaseSettings database, PrintWriter out) {
        try (var connections = DatabaseConnections.open(database)) {
            connections.checkMigrated();
            var first = FirstStart.prepare(connections.dataSource());
            first.firstPassword()
                    .ifPresent(password ->
                            out.println("First sign-in: user " + FirstStart.ADMINISTRATOR + ", password " + password));
            first.adminToken().ifPresent(token -> out.println("First token for the REST API: " + token));
            out.flush();
        }
    }
}

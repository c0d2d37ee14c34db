package dev.portcullis.standalone.command;

import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.console.setup.FirstStart;
import dev.portcullis.standalone.database.DatabaseConnections;
import dev.portcullis.standalone.process.ExitCode;
import dev.portcullis.standalone.up.PolicyFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `portcullis migrate`: database migrations and, where there is none, a first policy; then exits.
@Command(
        name = "migrate",
        description = "Brings the database to this version's schema, then exits.",
        mixinStandardHelpOptions = true)
public final class MigrateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "A policy to publish when the database has none; proxies need one to start.")
    private @Nullable Path policy;

    @Override
    public Integer call() {
        var settings = configuration.read(DatabaseSettings::from);
        var first = Optional.ofNullable(policy).map(PolicyFile::read);
        var out = spec.commandLine().getOut();
        try (var connections = DatabaseConnections.openForLongWork(settings)) {
            int applied = connections.migrate();
            out.println(applied == 0 ? "The database is up to date." : "Migrations applied: " + applied + ".");
            first.ifPresent(file -> {
                var version = FirstStart.publishFirst(connections.dataSource(), file.text(), "First policy");
                out.println("Policy version " + version + " is in force.");
            });
        }
        return ExitCode.FINE;
    }
}

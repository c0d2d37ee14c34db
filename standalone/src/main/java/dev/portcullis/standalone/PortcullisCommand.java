package dev.portcullis.standalone;

import dev.portcullis.standalone.command.AuditCommand;
import dev.portcullis.standalone.command.ConsoleCommand;
import dev.portcullis.standalone.command.CredentialCommand;
import dev.portcullis.standalone.command.DoctorCommand;
import dev.portcullis.standalone.command.KeyCommand;
import dev.portcullis.standalone.command.KillCommand;
import dev.portcullis.standalone.command.MigrateCommand;
import dev.portcullis.standalone.command.PolicyCommand;
import dev.portcullis.standalone.command.ProxyCommand;
import dev.portcullis.standalone.command.ReleaseCommand;
import dev.portcullis.standalone.command.SandboxCommand;
import dev.portcullis.standalone.command.SecretsCommand;
import dev.portcullis.standalone.command.StatusCommand;
import dev.portcullis.standalone.command.TokenCommand;
import dev.portcullis.standalone.command.ToolsCommand;
import dev.portcullis.standalone.command.TrainCommand;
import dev.portcullis.standalone.command.UpCommand;
import dev.portcullis.standalone.log.Logging;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The program. What people can change is told to them in a sentence, without a stack trace.
@Command(
        name = "portcullis",
        description = "A policy-enforcing gateway for MCP.",
        mixinStandardHelpOptions = true,
        versionProvider = PortcullisCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            ProxyCommand.class,
            ConsoleCommand.class,
            MigrateCommand.class,
            SandboxCommand.class,
            PolicyCommand.class,
            ToolsCommand.class,
            KillCommand.class,
            ReleaseCommand.class,
            StatusCommand.class,
            DoctorCommand.class,
            AuditCommand.class,
            KeyCommand.class,
            TokenCommand.class,
            CredentialCommand.class,
            SecretsCommand.class,
            TrainCommand.class,
        },
        footer = {"", "Exit codes: 0 fine, 1 refused or failed check, 2 wrong usage or configuration."})
public final class PortcullisCommand {

    /// Runs a command and ends the JVM with its exit code.
    public static void main(String[] arguments) {
        Logging.keepLibrariesQuiet();
        System.exit(commandLine().execute(arguments));
    }

    /// The whole command line, for whoever runs it in a JVM that goes on.
    public static CommandLine commandLine() {
        return new CommandLine(new PortcullisCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler(new Failures());
    }

    /// The version of this build.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = PortcullisCommand.class.getPackage().getImplementationVersion();
            return new String[] {"Portcullis " + (version == null ? "(development build)" : version)};
        }
    }
}

package dev.portcullis.standalone;

import dev.portcullis.configuration.ConfigurationException;
import dev.portcullis.console.ConsoleStartException;
import dev.portcullis.console.policy.InvalidPolicyException;
import dev.portcullis.standalone.postgres.PostgresException;
import dev.portcullis.standalone.process.CannotStart;
import dev.portcullis.standalone.process.ExitCode;
import dev.portcullis.standalone.process.Refused;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/// Turns what a command could not do into a sentence and an exit code.
final class Failures implements CommandLine.IExecutionExceptionHandler {
    private static final int UNEXPECTED = -1;

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult arguments) {
        int code = codeOf(e);
        var errors = command.getErr();
        errors.println("portcullis: " + (code == UNEXPECTED ? "internal error: " + e : e.getMessage()));
        errors.flush();
        if (code == UNEXPECTED) {
            LoggerFactory.getLogger(Failures.class).error("internal error", e);
            return ExitCode.REFUSED;
        }
        return code;
    }

    private static int codeOf(Exception e) {
        return switch (e) {
            case ConfigurationException _, CannotStart _, PostgresException _, ConsoleStartException _ ->
                ExitCode.WRONG_USAGE;
            case InvalidPolicyException _ -> ExitCode.WRONG_USAGE;
            case Refused _ -> ExitCode.REFUSED;
            default -> UNEXPECTED;
        };
    }
}

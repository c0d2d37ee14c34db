package dev.portcullis.standalone;

import dev.portcullis.standalone.process.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says what is wrong with the arguments in a line or two, rather than with the whole manual.
final class UsageErrors implements CommandLine.IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        var command = e.getCommandLine();
        var errors = command.getErr();
        errors.println("portcullis: " + e.getMessage());
        if (e instanceof UnmatchedArgumentException unmatched) {
            unmatched.getSuggestions().stream()
                    .findFirst()
                    .ifPresent(suggestion -> errors.println("Did you mean " + suggestion + "?"));
        }
        errors.println("Try `" + command.getCommandSpec().qualifiedName() + " --help`.");
        errors.flush();
        return ExitCode.WRONG_USAGE;
    }
}

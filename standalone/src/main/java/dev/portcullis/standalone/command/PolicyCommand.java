package dev.portcullis.standalone.command;

import picocli.CommandLine.Command;

/// `portcullis policy`: the policy document, in a file and at a console.
@Command(
        name = "policy",
        description = "Checks, lays out, tests, compares, explains, replays and publishes policy documents.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            PolicyValidateCommand.class,
            PolicyTestCommand.class,
            PolicyFormatCommand.class,
            PolicyDiffCommand.class,
            PolicyPublishCommand.class,
            PolicyExplainCommand.class,
            PolicyReplayCommand.class
        })
public final class PolicyCommand {}

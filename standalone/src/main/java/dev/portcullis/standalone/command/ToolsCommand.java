package dev.portcullis.standalone.command;

import picocli.CommandLine.Command;

/// `portcullis tools`: what upstreams list, and what somebody decides about it.
@Command(
        name = "tools",
        description = "Shows the tools that upstreams list; accepts and blocks them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ToolsListCommand.class, ToolsShowCommand.class, ToolsAcceptCommand.class, ToolsBlockCommand.class
        })
public final class ToolsCommand {}

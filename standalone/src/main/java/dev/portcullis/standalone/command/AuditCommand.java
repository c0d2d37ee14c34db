package dev.portcullis.standalone.command;

import picocli.CommandLine.Command;

/// `portcullis audit`: the audit trail, for those who have to believe it.
@Command(
        name = "audit",
        description = "Verifies and exports the audit trail.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AuditVerifyCommand.class,
            AuditExportCommand.class,
            AuditEvidenceCommand.class,
            AuditKeyCommand.class
        })
public final class AuditCommand {}

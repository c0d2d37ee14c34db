package dev.portcullis.standalone.command;

import dev.portcullis.ledger.SigningKey;
import dev.portcullis.standalone.process.CannotStart;
import dev.portcullis.standalone.process.ExitCode;
import dev.portcullis.standalone.up.DataFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/// `portcullis audit key`: the public half of a signing key, for those who verify.
@Command(
        name = "key",
        description = "Prints the public key (PEM) that belongs to a signing key of the audit trail.",
        mixinStandardHelpOptions = true)
public final class AuditKeyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "The signing key, as proxy.audit.chain.key or console.audit.key names it;"
                    + " otherwise that of `portcullis up` on --data.")
    private @Nullable Path file;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".portcullis",
            description = "The data folder of a `portcullis up` (${DEFAULT-VALUE}).")
    private Path data = Path.of(".portcullis");

    @Override
    public Integer call() {
        var named = file == null ? DataFolder.at(data).signingKey() : file;
        if (!Files.isReadable(named)) {
            throw new CannotStart(named + " is no signing key that can be read.");
        }
        try {
            spec.commandLine().getOut().print(SigningKey.at(named).publicKey().pem());
            spec.commandLine().getOut().flush();
            return ExitCode.FINE;
        } catch (IOException e) {
            throw new CannotStart(String.valueOf(e.getMessage()), e);
        }
    }
}

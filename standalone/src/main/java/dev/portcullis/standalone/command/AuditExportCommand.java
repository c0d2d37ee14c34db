package dev.portcullis.standalone.command;

import dev.portcullis.ledger.ExportWriter;
import dev.portcullis.standalone.process.CannotStart;
import dev.portcullis.standalone.process.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;

/// `portcullis audit export`: the whole trail as lines of JSON, with what is needed to verify it elsewhere.
@Command(
        name = "export",
        description = "Writes the whole audit trail as lines of JSON that `audit verify --export` can verify.",
        mixinStandardHelpOptions = true)
public final class AuditExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private AuditSource source = new AuditSource();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write, a file that is not there yet; otherwise standard output.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        try {
            return source.read(trail -> {
                long records;
                if (out == null) {
                    var standard = spec.commandLine().getOut();
                    records = ExportWriter.write(trail, new BufferedWriter(standard));
                    if (standard.checkError()) {
                        throw new IOException("Standard output did not take all of the export.");
                    }
                } else {
                    try (var file = Files.newBufferedWriter(out, StandardOpenOption.CREATE_NEW)) {
                        records = ExportWriter.write(trail, file);
                    }
                }
                spec.commandLine().getErr().println("Exported " + records + " records.");
                return ExitCode.FINE;
            });
        } catch (FileAlreadyExistsException e) {
            throw new CannotStart("--out " + out + " is there already: choose another file.", e);
        } catch (IOException e) {
            throw new CannotStart(String.valueOf(e.getMessage()), e);
        }
    }
}

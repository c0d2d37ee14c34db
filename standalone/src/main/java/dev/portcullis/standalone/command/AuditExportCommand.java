package dev.portcullis.standalone.command;

import dev.portcullis.ledger.ExportWriter;
import dev.portcullis.ledger.Trail;
import dev.portcullis.standalone.postgres.OwnerOnly;
import dev.portcullis.standalone.process.CannotStart;
import dev.portcullis.standalone.process.ExitCode;
import dev.portcullis.standalone.process.Refused;
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
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import javax.sql.DataSource;

/// `portcullis audit export`: the whole trail as lines of JSON, with what is needed to verify it elsewhere.
@Command(
        name = "export",
        description = "Writes the whole audit trail as lines of JSON that `audit verify --export` can verify.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "It has arguments and results, whoever asks; the file is for its owner only, and an admin event says who",
            "took it, unless the database can only be read.",
            "Exit codes: 0 the whole trail is written, 1 it could not be, 2 wrong usage, or no such database."
        })
public final class AuditExportCommand implements Callable<Integer> {
    private static final String UNFINISHED = ".unfinished";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private AuditSource source = new AuditSource();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = {
                "Where to write, a file that is not there yet; otherwise standard output.",
                "Until all of it is written, it is called FILE.unfinished."
            })
    private @Nullable Path out;

    @Override
    public Integer call() {
        try {
            return source.read(this::export);
        } catch (IOException e) {
            throw new Refused(String.valueOf(e.getMessage()), e);
        }
    }

    private int export(Trail trail, DataSource database) throws IOException {
        var records = out == null ? toStandardOutput(trail, database) : toFile(out, trail, database);
        spec.commandLine().getErr().println("Exported " + records + " records.");
        return ExitCode.FINE;
    }

    private long toStandardOutput(Trail trail, DataSource database) throws IOException {
        note(database);
        var standard = spec.commandLine().getOut();
        var records = ExportWriter.write(trail, new BufferedWriter(standard));
        if (standard.checkError()) {
            throw new IOException("Standard output did not take all of the export.");
        }
        return records;
    }

    /// Nobody but its owner may read what callers have sent. Until it is whole it has another name, so that what
    /// a process that was killed leaves behind is taken for nothing else.
    private long toFile(Path file, Trail trail, DataSource database) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new CannotStart("--out " + file + " is there already: choose another file.");
        }
        var unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        create(unfinished);
        try {
            note(database);
            long records;
            try (var lines = Files.newBufferedWriter(unfinished)) {
                records = ExportWriter.write(trail, lines);
            }
            Files.move(unfinished, file);
            return records;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void create(Path file) {
        try {
            OwnerOnly.createFile(file);
        } catch (FileAlreadyExistsException e) {
            throw new CannotStart(
                    file + " is there already: an export writes it, or was killed. Wait for it, or delete that file.",
                    e);
        } catch (IOException e) {
            throw new CannotStart("--out " + file + " cannot be made: " + e + ".", e);
        }
    }

    private void note(DataSource database) {
        ExportEvent.append(database).ifPresent(spec.commandLine().getErr()::println);
    }
}

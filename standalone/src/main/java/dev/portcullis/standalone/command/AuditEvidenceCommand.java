package dev.portcullis.standalone.command;

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

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `portcullis audit evidence`: an archive of a period, from a console.
@Command(
        name = "evidence",
        description = "Fetches an archive of a period that `audit verify --evidence` can verify, from a console.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The token needs the role AUDITOR; an admin event says who took it, and why.",
            "Exit codes: 0 the whole archive is written, 1 it could not be, 2 wrong usage."
        })
public final class AuditEvidenceCommand implements Callable<Integer> {
    private static final String UNFINISHED = ".unfinished";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @Option(
            names = "--from",
            required = true,
            paramLabel = "TIME",
            description = "Where the period begins: a day such as 2026-11-01, or a time such as 2026-11-01T12:00:00Z.")
    private String from = "";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "TIME",
            description = "Where it ends: the first day, or the first moment, that is not in it.")
    private String to = "";

    @Option(
            names = "--output",
            required = true,
            paramLabel = "FILE",
            description = {
                "Where to write, a file that is not there yet.",
                "Until all of it is written, it is called FILE.unfinished."
            })
    private Path output = Path.of("");

    @Option(names = "--arguments", description = "With what callers sent and were answered; --reason is needed.")
    private boolean arguments;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
    private @Nullable String reason;

    @Override
    public Integer call() {
        var path = "evidence?from=" + time(from, "--from") + "&to=" + time(to, "--to") + "&arguments=" + arguments;
        if (arguments && reason == null) {
            throw new CannotStart("--arguments: say why with --reason.");
        }
        if (Files.exists(output, LinkOption.NOFOLLOW_LINKS)) {
            throw new CannotStart("--output " + output + " is there already: choose another file.");
        }
        var unfinished = output.resolveSibling(output.getFileName() + UNFINISHED);
        create(unfinished);
        try (var client = console.connect()) {
            try (var out = Files.newOutputStream(unfinished)) {
                client.download(path, headers(), out);
            }
            Files.move(unfinished, output);
        } catch (IOException e) {
            throw new Refused("The archive did not come to its end: " + e + ".", e);
        } finally {
            delete(unfinished);
        }
        spec.commandLine()
                .getErr()
                .println("Wrote " + output + ". Verify it: portcullis audit verify --evidence " + output);
        return ExitCode.FINE;
    }

    private Map<String, String> headers() {
        return Optional.ofNullable(reason)
                .map(words -> Map.of("portcullis-reason", words))
                .orElse(Map.of());
    }

    private static void create(Path file) {
        try {
            OwnerOnly.createFile(file);
        } catch (FileAlreadyExistsException e) {
            throw new CannotStart(file + " is there already: wait for who writes it, or delete that file.", e);
        } catch (IOException e) {
            throw new CannotStart("--output " + file + " cannot be made: " + e + ".", e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new Refused(file + " cannot be deleted: " + e + ".", e);
        }
    }

    private static Instant time(String text, String option) {
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new CannotStart(option + " " + text + " (expected: 2026-11-01, or 2026-11-01T12:00:00Z)", e);
        }
    }
}

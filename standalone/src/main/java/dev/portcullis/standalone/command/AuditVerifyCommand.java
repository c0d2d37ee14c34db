package dev.portcullis.standalone.command;

import dev.portcullis.console.tools.VisibleText;
import dev.portcullis.ledger.EvidenceArchive;
import dev.portcullis.ledger.EvidenceManifest;
import dev.portcullis.ledger.EvidenceReport;
import dev.portcullis.ledger.ExportTrail;
import dev.portcullis.ledger.Report;
import dev.portcullis.ledger.Trail;
import dev.portcullis.ledger.VerificationKey;
import dev.portcullis.ledger.Verifier;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/// `portcullis audit verify`: whether anything in the trail is missing or altered, and where first.
@Command(
        name = "verify",
        description = "Says whether anything in the audit trail is missing or altered, and where first.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit codes: 0 nothing is missing or altered, 1 something is, 2 wrong usage, or no database to read.",
            "Without --public-key, keys that the trail itself names are believed; without --anchors, the end of a"
                    + " trail",
            "can be cut off together with its checkpoints (docs/audit-verify.md)."
        })
public final class AuditVerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private AuditSource source = new AuditSource();

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description = "A file of `portcullis audit export`, in place of a database.")
    private @Nullable Path export;

    @Option(
            names = "--evidence",
            paramLabel = "FILE",
            description = "An archive of evidence that a console made, in place of a database.")
    private @Nullable Path evidence;

    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            description = "A public key (PEM) whose signatures count, and no others do; repeatable.")
    private List<Path> publicKeys = List.of();

    @Option(
            names = "--anchors",
            paramLabel = "FILE",
            description = "Checkpoints that were kept outside of the database; repeatable.")
    private List<Path> anchors = List.of();

    @Override
    public Integer call() {
        var keys = publicKeys.stream().map(AuditVerifyCommand::key).toList();
        anchors.forEach(file -> checkReadable(file, "--anchors"));
        try {
            if (export == null && evidence == null) {
                return source.read((trail, _) -> verify(trail, keys));
            }
            if (export != null && evidence != null) {
                throw new CannotStart("--export and --evidence are two things: choose one.");
            }
            var option = export == null ? "--evidence" : "--export";
            if (source.isGiven()) {
                throw new CannotStart(option + " is read without a database: leave out --config and --data.");
            }
            if (export != null) {
                checkReadable(export, option);
                return verify(new ExportTrail(export), keys);
            }
            return verify(Objects.requireNonNull(evidence), keys);
        } catch (IOException e) {
            throw new Refused(VisibleText.line(String.valueOf(e.getMessage())), e);
        }
    }

    private int verify(Path archive, List<VerificationKey> keys) throws IOException {
        checkReadable(archive, "--evidence");
        var found = EvidenceArchive.verify(archive, keys, anchors);
        var out = spec.commandLine().getOut();
        if (found.bad().isPresent()) {
            out.println("The archive is NOT as it was made: "
                    + VisibleText.line(found.bad().get()) + ".");
        } else {
            out.println("The archive is as it was made: " + found.files() + " files, signed by the key "
                    + fact(found, "key_id") + ".");
            out.println("It is about " + fact(found, "from") + " to "
                    + fact(found, "to") + ", made by "
                    + fact(found, "created_by") + " at "
                    + fact(found, "created_at") + ".");
        }
        found.trail().ifPresent(this::tell);
        if (found.anchored() > 0) {
            out.println(found.anchored() + " anchors at " + found.places()
                    + " places are as the checkpoints of the archive: " + EvidenceManifest.ANCHORS
                    + " says where they are kept.");
        }
        out.flush();
        return found.isGood() ? ExitCode.FINE : ExitCode.REFUSED;
    }

    /// Whoever made an archive chose what stands in it.
    private static String fact(EvidenceReport found, String name) {
        return VisibleText.line(found.facts().getOrDefault(name, "?"));
    }

    private int verify(Trail trail, List<VerificationKey> keys) throws IOException {
        var report = Verifier.verify(trail, keys, anchors);
        tell(report);
        spec.commandLine().getOut().flush();
        return report.isGood() ? ExitCode.FINE : ExitCode.REFUSED;
    }

    private void tell(Report report) {
        var out = spec.commandLine().getOut();
        var what = report.excerpt().isPresent() ? "The excerpt of the audit trail" : "The audit trail";
        report.bad()
                .ifPresentOrElse(
                        place -> out.println(what + " is NOT as it was written. First bad place: "
                                + VisibleText.line(place.toString()) + "."),
                        () -> out.println(what + " is as it was written."));
        print(report);
    }

    private void print(Report report) {
        var out = spec.commandLine().getOut();
        out.println("Followed " + report.linked() + " records in " + report.chains() + " chains, with "
                + report.checkpoints() + " checkpoints"
                + report.signedUntil().map(time -> ", the newest of " + time).orElse("") + ".");
        if (report.unsigned() > 0) {
            out.println(report.unsigned() + " records came after the last checkpoint of their chain.");
        }
        report.excerpt()
                .ifPresent(time -> out.println("It is about " + time.from() + " to " + time.to() + ". "
                        + report.leftOut() + " records of its chains are not in it; their checkpoints are."));
        if (report.dropped() > 0) {
            out.println(report.dropped() + " records were dropped by retention, which is signed for.");
        }
        if (report.older() > 0) {
            out.println(report.older() + " records are of versions without chains; nothing can be said of them.");
        }
        if (report.waiting() > 0) {
            out.println(report.waiting() + " admin events are not linked yet; the console does that within seconds.");
        }
        if (report.late() > 0) {
            out.println(report.late() + " admin events came more than an hour after they are said to have happened:"
                    + " in a transaction that took so long, or somebody inserted them.");
        }
        out.println(
                anchors.isEmpty()
                        ? "No anchors were given: a trail cut off with its last checkpoints would look the same."
                        : "Compared with " + report.anchors() + " anchors.");
        if (publicKeys.isEmpty()) {
            out.println("No public key was given: signatures of every key count that the trail itself names.");
        }
    }

    private static VerificationKey key(Path file) {
        checkReadable(file, "--public-key");
        try {
            return VerificationKey.read(Files.readString(file));
        } catch (IOException | IllegalArgumentException e) {
            throw new CannotStart("--public-key " + file + ": " + e.getMessage(), e);
        }
    }

    private static void checkReadable(Path file, String option) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new CannotStart(option + " " + file + " is no file that can be read.");
        }
    }
}

package dev.portcullis.standalone.command;

import dev.portcullis.policy.document.DocumentFormatter;
import dev.portcullis.standalone.client.LineDiff;
import dev.portcullis.standalone.process.CannotStart;
import dev.portcullis.standalone.process.ExitCode;
import dev.portcullis.standalone.process.Refused;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/// `portcullis policy format FILE…`: gives documents the one layout of theirs.
@Command(
        name = "format",
        description =
                "Lays policy documents out in one way: order of keys, indentation, quotes. Comments stay with what"
                        + " they are about, JSON stays JSON, and the document says the same.",
        mixinStandardHelpOptions = true)
public final class PolicyFormatCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Documents, YAML or JSON; written in place. What comes from standard input (-) goes to"
                    + " standard output.")
    private List<Path> files = List.of();

    @Option(
            names = "--check",
            description = "Writes nothing, shows what would change, and ends with 1 when that is something.")
    private boolean check;

    @Override
    public Integer call() {
        var laidOut = PolicyInputs.all(files).stream().map(LaidOut::of).toList();
        var all = laidOut.stream().allMatch(LaidOut::isAsBefore);
        laidOut.forEach(check ? this::show : this::write);
        spec.commandLine().getOut().flush();
        return all || !check ? ExitCode.FINE : ExitCode.REFUSED;
    }

    /// A text before and after.
    private record LaidOut(PolicyInputs.Input input, String after) {
        static LaidOut of(PolicyInputs.Input input) {
            try {
                return new LaidOut(input, DocumentFormatter.format(input.text()));
            } catch (IllegalArgumentException e) {
                throw new Refused(input.name() + " cannot be laid out:\n" + e.getMessage(), e);
            }
        }

        boolean isAsBefore() {
            return after.equals(input.text());
        }
    }

    private void show(LaidOut text) {
        if (!text.isAsBefore()) {
            var out = spec.commandLine().getOut();
            out.println(text.input().name() + ":");
            LineDiff.between(text.input().text(), text.after()).forEach(out::println);
        }
    }

    private void write(LaidOut text) {
        var out = spec.commandLine().getOut();
        if (text.input().isStandardInput()) {
            out.print(text.after());
        } else if (!text.isAsBefore()) {
            try {
                Files.writeString(Path.of(text.input().name()), text.after());
            } catch (IOException e) {
                throw new CannotStart(text.input().name() + " cannot be written: " + e + ".", e);
            }
            out.println("Laid out: " + text.input().name() + ".");
        }
    }
}

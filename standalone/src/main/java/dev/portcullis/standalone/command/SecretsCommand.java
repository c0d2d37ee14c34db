package dev.portcullis.standalone.command;

import dev.portcullis.configuration.Secret;
import dev.portcullis.secrets.MasterKey;
import dev.portcullis.standalone.postgres.OwnerOnly;
import dev.portcullis.standalone.process.CannotStart;
import dev.portcullis.standalone.process.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/// `portcullis secrets`: the key that secrets in the database are encrypted with.
@Command(
        name = "secrets",
        description = "Makes and rotates the key that secrets in the database are encrypted with.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {SecretsCommand.New.class, SecretsCommand.Rotate.class, SecretsCommand.Prune.class})
public final class SecretsCommand {

    /// `portcullis secrets new`: never over a file that is there.
    @Command(
            name = "new",
            description = "Makes a key in a new file, for its owner only.",
            mixinStandardHelpOptions = true)
    static final class New implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "FILE", description = "Must not exist yet.")
        private Path file = Path.of("secrets.key");

        @Override
        public Integer call() {
            if (Files.exists(file)) {
                throw new CannotStart(
                        file + " exists: without the key in it, what it encrypted is lost. Name another file.");
            }
            write(file, MasterKey.generate());
            spec.commandLine()
                    .getOut()
                    .println("Made " + file + ". Name it in the configuration of the console and of every proxy, as"
                            + " secrets.key: file:" + file + ", and keep a copy apart from the database's.");
            return ExitCode.FINE;
        }
    }

    /// `portcullis secrets rotate`: old secrets stay readable.
    @Command(
            name = "rotate",
            description = "Adds a new key to the file; it encrypts from then on, and the older ones still decrypt.",
            mixinStandardHelpOptions = true)
    static final class Rotate implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "FILE", description = "As `portcullis secrets new` made it.")
        private Path file = Path.of("secrets.key");

        @Override
        public Integer call() {
            write(file, read(file).rotated());
            spec.commandLine()
                    .getOut()
                    .println("Rotated " + file
                            + ". Give it to every proxy and restart them, then restart the console: it"
                            + " encrypts every secret anew when it starts.");
            return ExitCode.FINE;
        }
    }

    /// `portcullis secrets prune`: the end of a rotation.
    @Command(
            name = "prune",
            description = "Takes the older keys out of the file, after the console has encrypted every secret anew.",
            mixinStandardHelpOptions = true)
    static final class Prune implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "FILE", description = "As `portcullis secrets rotate` left it.")
        private Path file = Path.of("secrets.key");

        @Override
        public Integer call() {
            var key = read(file);
            write(file, key.pruned());
            spec.commandLine()
                    .getOut()
                    .println(
                            key.size() == 1
                                    ? file + " holds one key only: nothing to take out."
                                    : "Took " + (key.size() - 1) + " older out of " + file
                                            + ". Give it to every proxy and the console; a backup of the database from before the"
                                            + " rotation needs the older file.");
            return ExitCode.FINE;
        }
    }

    private static MasterKey read(Path file) {
        try {
            return MasterKey.read(new Secret(Files.readString(file)));
        } catch (IOException e) {
            throw new CannotStart(file + " cannot be read (" + e + ").", e);
        } catch (IllegalArgumentException e) {
            throw new CannotStart(file + " holds no key " + e.getMessage(), e);
        }
    }

    private static void write(Path file, Secret key) {
        try {
            OwnerOnly.write(file.toAbsolutePath(), key.reveal() + "\n");
        } catch (IOException e) {
            throw new CannotStart(file + " cannot be written (" + e + ").", e);
        }
    }
}

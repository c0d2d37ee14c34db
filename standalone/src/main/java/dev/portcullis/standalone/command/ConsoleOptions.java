package dev.portcullis.standalone.command;

import dev.portcullis.configuration.Secret;
import dev.portcullis.standalone.client.ConsoleAddress;
import dev.portcullis.standalone.client.ConsoleClient;
import dev.portcullis.standalone.process.CannotStart;
import dev.portcullis.standalone.up.DataFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Which console a command speaks to. Without options it is that of the `portcullis up` whose data is
/// in this folder.
final class ConsoleOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The console; otherwise PORTCULLIS_URL, or that of `portcullis up` on --data.")
    private @Nullable String url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "An admin token; otherwise PORTCULLIS_TOKEN, which other users of this machine cannot see,"
                    + " or that of `portcullis up` on --data.")
    private @Nullable String token;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".portcullis",
            description = "The data folder of a `portcullis up` (${DEFAULT-VALUE}).")
    private Path data = Path.of(".portcullis");

    /// Whether one of these options is on the command line, for commands that need no console.
    static boolean areGiven(ParseResult commandLine) {
        return Stream.of("--url", "--token", "--data").anyMatch(commandLine::hasMatchedOption);
    }

    /// @throws CannotStart when something about the console is missing or wrong
    ConsoleClient connect() {
        var folder = folder();
        var address = given(url, "PORTCULLIS_URL").orElseGet(() -> file(folder.consoleUrl(), "--url"));
        var secret = given(token, "PORTCULLIS_TOKEN").orElseGet(() -> file(folder.adminToken(), "--token"));
        return new ConsoleClient(new ConsoleAddress(uri(address), new Secret(secret)));
    }

    /// The folder of the `portcullis up`, which need not be there.
    DataFolder folder() {
        return DataFolder.at(data);
    }

    /// The admin token, where one is given on the command line.
    Optional<Secret> token() {
        return Optional.ofNullable(token).map(Secret::new);
    }

    /// The management port of one replica, which is opened by a token of its own.
    ///
    /// @throws CannotStart when something about it is missing or wrong
    ConsoleClient connectToReplica(String management) {
        var secret = given(token, "PORTCULLIS_MANAGEMENT_TOKEN")
                .orElseGet(() -> file(
                        folder().managementToken(),
                        "--token or PORTCULLIS_MANAGEMENT_TOKEN, as management.kills.token of the replica has it"));
        return new ConsoleClient(new ConsoleAddress(uri(management), new Secret(secret), ConsoleAddress.Kind.REPLICA));
    }

    private static Optional<String> given(@Nullable String option, String variable) {
        return Optional.ofNullable(option)
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .filter(value -> !value.isEmpty());
    }

    private static String file(Path file, String option) {
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            throw new CannotStart(
                    "There is no " + file + ": give " + option + ", or the --data of a `portcullis up`.", e);
        } catch (IOException e) {
            throw new CannotStart(file + " cannot be read (" + e + "): give " + option + ".", e);
        }
    }

    private static URI uri(String text) {
        if (!text.matches("https?://[^\\s?#]+")) {
            throw new CannotStart("--url " + text + " (expected: an http or https URL)");
        }
        return URI.create(text);
    }
}

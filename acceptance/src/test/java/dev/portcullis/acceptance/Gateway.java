package dev.portcullis.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// `portcullis up` on free ports and a data folder of its own.
public final class Gateway implements AutoCloseable {
    /// Five groups of five letters and digits.
    private static final Pattern PASSWORD = Pattern.compile("\\b[a-z2-9]{5}(?:-[a-z2-9]{5}){4}\\b");

    private final LaunchedCommand command;
    private final Path data;
    private final URI proxy;
    private final URI console;
    private final URI management;

    private Gateway(LaunchedCommand command, Path data, URI proxy, URI console, URI management) {
        this.command = command;
        this.data = data;
        this.proxy = proxy;
        this.console = console;
        this.management = management;
    }

    /// Starts it and waits for the ready line.
    public static Gateway up(String name, Path data, String... options) {
        return up(name, data, Map.of(), options);
    }

    /// @param environment as for [LaunchedCommand#start]
    public static Gateway up(String name, Path data, Map<String, String> environment, String... options) {
        var proxyPort = LaunchedCommand.freePort();
        var consolePort = LaunchedCommand.freePort();
        var managementPort = LaunchedCommand.freePort();
        var arguments = new ArrayList<>(List.of(
                "up",
                "--data=" + data,
                "--proxy-port=" + proxyPort,
                "--console-port=" + consolePort,
                "--management-port=" + managementPort));
        arguments.addAll(List.of(options));
        var command = LaunchedCommand.start(name, environment, arguments);
        try {
            command.awaitLine("Portcullis is ready");
        } catch (RuntimeException | Error e) {
            command.close();
            throw e;
        }
        return new Gateway(
                command,
                data,
                URI.create("http://127.0.0.1:" + proxyPort),
                URI.create("http://127.0.0.1:" + consolePort),
                URI.create("http://127.0.0.1:" + managementPort));
    }

    public URI proxy() {
        return proxy;
    }

    public URI console() {
        return console;
    }

    public URI management() {
        return management;
    }

    /// What the first start printed; absent on later ones.
    public Optional<String> firstPassword() {
        return PASSWORD.matcher(command.output())
                .results()
                .map(result -> result.group())
                .findFirst();
    }

    public AdminApi api() {
        try {
            return new AdminApi(
                    console, Files.readString(data.resolve("admin-token")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String output() {
        return command.output();
    }

    @Override
    public void close() {
        command.close();
    }
}

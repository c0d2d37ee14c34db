package dev.portcullis.standalone.command;

import dev.portcullis.configuration.Secret;
import dev.portcullis.standalone.client.ConsoleClient;
import dev.portcullis.standalone.doctor.Examination;
import dev.portcullis.standalone.doctor.Finding;
import dev.portcullis.standalone.doctor.SupportBundle;
import dev.portcullis.standalone.process.CannotStart;
import dev.portcullis.standalone.process.ExitCode;
import dev.portcullis.standalone.process.Refused;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/// `portcullis doctor`: why a client cannot use the gateway.
@Command(
        name = "doctor",
        description = "Finds out why a client cannot use the gateway, and says what to do about it.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit codes: 0 no problem, 1 some problem, 2 wrong usage."})
public final class DoctorCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "ENDPOINT",
            description = "The URL that the client is given, such as https://mcp.example.com/mcp/port-eu.")
    private URI endpoint = URI.create("http://127.0.0.1:8080/mcp/port-eu");

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Holds the token or API key that the client sends; - for standard input.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A configuration file for the archive, without its secrets.")
    private @Nullable Path configuration;

    @Option(
            names = "--bundle",
            paramLabel = "FILE",
            description = "Writes an archive (zip) for support, without secrets.")
    private @Nullable Path bundle;

    @Option(names = "--json", description = "Prints the findings as JSON.")
    private boolean asJson;

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @Override
    public Integer call() {
        if (endpoint.getHost() == null || !String.valueOf(endpoint.getScheme()).matches("https?")) {
            throw new CannotStart("ENDPOINT " + endpoint + " (expected: an http or https URL)");
        }
        var token = Optional.ofNullable(tokenFile).map(DoctorCommand::secret);
        var client = console();
        try {
            var findings = new Examination(endpoint, token, client, Clock.systemUTC()).run();
            var report = asJson ? JSON.writeValueAsString(findings) : report(findings);
            spec.commandLine().getOut().println(report);
            if (bundle != null) {
                write(bundle, findings, token, client);
            }
            return findings.stream().anyMatch(finding -> finding.outcome() == Finding.Outcome.PROBLEM)
                    ? ExitCode.REFUSED
                    : ExitCode.FINE;
        } finally {
            client.ifPresent(ConsoleClient::close);
        }
    }

    /// Without a console there is less to say, and no reason to stop.
    private Optional<ConsoleClient> console() {
        try {
            var client = console.connect();
            client.policyVersion();
            return Optional.of(client);
        } catch (CannotStart | Refused e) {
            spec.commandLine().getErr().println("Without a console: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static String report(List<Finding> findings) {
        return findings.stream()
                .map(finding ->
                        String.format(Locale.ROOT, "%-8s %-11s %s", finding.outcome(), finding.check(), finding.text())
                                + finding.next()
                                        .map(next -> "\n" + " ".repeat(21) + "→ " + next)
                                        .orElse(""))
                .collect(Collectors.joining("\n"));
    }

    private void write(Path file, List<Finding> findings, Optional<Secret> token, Optional<ConsoleClient> client) {
        var archive = new SupportBundle(token.stream().toList());
        archive.add("report.txt", "Endpoint: " + endpoint + "\n\n" + report(findings) + "\n");
        archive.add("versions.txt", versions());
        try {
            if (configuration != null) {
                archive.add("portcullis.yaml", Files.readString(configuration));
            }
            client.ifPresent(known -> {
                known.policy().ifPresent(policy -> archive.add("policy.yaml", policy));
                archive.add("replicas.json", known.get("replicas").toPrettyString());
                archive.add(
                        "refused.json",
                        known.get("tool-calls?outcome=refused&limit=50").toPrettyString());
            });
            archive.write(file);
            spec.commandLine().getErr().println("Wrote " + file + ". Look into it before you send it.");
        } catch (IOException e) {
            throw new CannotStart("The archive cannot be written (" + e + ").", e);
        }
    }

    private static String versions() {
        var own = DoctorCommand.class.getPackage().getImplementationVersion();
        return "portcullis " + (own == null ? "(development build)" : own) + "\njava " + Runtime.version() + "\nos "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch") + "\n";
    }

    private static Secret secret(Path file) {
        try {
            var text = file.equals(Path.of("-"))
                    ? new String(System.in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    : Files.readString(file);
            return new Secret(text.strip());
        } catch (IOException e) {
            throw new CannotStart("--token-file " + file + " cannot be read (" + e + ").", e);
        }
    }
}

package dev.portcullis.standalone.command;

import dev.portcullis.configuration.Secret;
import dev.portcullis.standalone.client.ConsoleClient;
import dev.portcullis.standalone.doctor.ConsoleFacts;
import dev.portcullis.standalone.doctor.Examination;
import dev.portcullis.standalone.doctor.KnownSecrets;
import dev.portcullis.standalone.doctor.Means;
import dev.portcullis.standalone.doctor.Redactor;
import dev.portcullis.standalone.doctor.Report;
import dev.portcullis.standalone.doctor.SupportBundle;
import dev.portcullis.standalone.doctor.Target;
import dev.portcullis.standalone.process.CannotStart;
import dev.portcullis.standalone.process.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/// `portcullis doctor`: why a client cannot use the gateway.
@Command(
        name = "doctor",
        description = "Finds out why a client cannot use the gateway, and says what to do about it.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit codes: 0 no problem, 1 some problem, 2 wrong usage."})
public final class DoctorCommand implements Callable<Integer> {
    private static final Pattern TOKEN = Pattern.compile("(?:(?i:bearer) +)?([!-~]{1,65536})");
    private static final int LONGEST_PATIENCE = 600;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "ENDPOINT",
            arity = "0..1",
            defaultValue = "http://127.0.0.1:8080/mcp/port-eu",
            description = "The URL that the client is given, such as https://mcp.example.com/mcp/port-eu"
                    + " (${DEFAULT-VALUE}).")
    private String endpoint = "";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Holds the token or API key that the client sends; - for standard input.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--authorities",
            paramLabel = "FILE",
            description = "Certificate authorities (PEM) that the client trusts besides the usual ones.")
    private @Nullable Path authorities;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "How long each step may take (${DEFAULT-VALUE}).")
    private int timeout;

    @Option(names = "--json", description = "Prints what was found as JSON.")
    private boolean asJson;

    @Option(
            names = "--bundle",
            paramLabel = "FILE",
            description = "Writes an archive (zip) for support, without secrets.")
    private @Nullable Path bundle;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The gateway's configuration, for the archive; its secrets are left out.")
    private @Nullable Path configuration;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "A log of the gateway, for the archive; otherwise that of `portcullis up` on --data.")
    private @Nullable Path log;

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @Override
    public Integer call() {
        if (timeout < 1 || timeout > LONGEST_PATIENCE) {
            throw new CannotStart("--timeout " + timeout + " (expected: 1 to " + LONGEST_PATIENCE + ")");
        }
        var target = Target.of(endpoint);
        var means = means();
        var archived = Optional.ofNullable(configuration).map(file -> text(file, "--config"));
        var redactor = redactor(means, archived);
        var client = console();
        try {
            var facts = client.facts();
            var examination = new Examination(target, means, facts);
            var report = new Report(target, examination.run(), redactor);
            var out = spec.commandLine().getOut();
            out.print(asJson ? report.json() : report.text());
            out.flush();
            if (bundle != null) {
                write(bundle, report, archived, examination, facts, redactor);
            }
            return report.hasProblem() ? ExitCode.REFUSED : ExitCode.FINE;
        } finally {
            client.close();
        }
    }

    private Means means() {
        var token = Optional.ofNullable(tokenFile).map(DoctorCommand::token);
        var patience = Duration.ofSeconds(timeout);
        try {
            return Means.of(token, Optional.ofNullable(authorities), patience, Clock.systemUTC());
        } catch (IOException e) {
            throw new CannotStart("--authorities: " + e.getMessage(), e);
        }
    }

    /// A console, or why there is none: then there is less to say, and no reason to stop.
    private record Connected(Optional<ConsoleClient> client, String trouble) {
        ConsoleFacts facts() {
            return client.map(ConsoleFacts::of).orElseGet(() -> ConsoleFacts.none(trouble));
        }

        void close() {
            client.ifPresent(ConsoleClient::close);
        }
    }

    private Connected console() {
        try {
            return new Connected(Optional.of(console.connect()), "");
        } catch (CannotStart e) {
            return new Connected(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    private Redactor redactor(Means means, Optional<String> archived) {
        var secrets = new KnownSecrets(System.getenv());
        means.token().ifPresent(secrets::add);
        console.token().ifPresent(secrets::add);
        var folder = console.folder();
        secrets.addFile(folder.adminToken());
        secrets.addFile(folder.secretsKey());
        secrets.addFile(folder.unseenPassword());
        secrets.addFile(folder.managementToken());
        archived.ifPresent(text -> secrets.addConfiguration(
                text,
                Objects.requireNonNull(
                        Objects.requireNonNull(configuration).toAbsolutePath().getParent())));
        return new Redactor(secrets.all());
    }

    private void write(
            Path file,
            Report report,
            Optional<String> archived,
            Examination examination,
            ConsoleFacts facts,
            Redactor redactor) {
        var archive = new SupportBundle(redactor);
        try {
            archive.add(report);
            archive.addText("versions.txt", versions());
            archived.ifPresent(archive::addConfiguration);
            examination.record().ifPresent(record -> archive.addJson("exchange.json", record));
            archive.addAnswers(facts);
            var logFile = log == null ? console.folder().logFile() : log;
            if (log != null || Files.isReadable(logFile)) {
                archive.addLog(logFile);
            }
            archive.write(file);
        } catch (IOException e) {
            throw new CannotStart("--bundle: the archive cannot be written (" + e + ").", e);
        }
        spec.commandLine().getErr().println("Wrote " + file + ". Look into it before you send it.");
    }

    private static String versions() {
        var own = DoctorCommand.class.getPackage().getImplementationVersion();
        var overrides = new TreeSet<>(System.getenv().keySet());
        overrides.removeIf(name -> !name.startsWith("PORTCULLIS_"));
        return "portcullis " + (own == null ? "(development build)" : own) + "\njava " + Runtime.version() + "\nos "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch") + "\nset in the environment: "
                + (overrides.isEmpty() ? "nothing" : String.join(", ", overrides)) + "\n";
    }

    /// What is wrong with a token must be said without it.
    private static Secret token(Path file) {
        var found = TOKEN.matcher(text(file, "--token-file").strip());
        if (!found.matches()) {
            throw new CannotStart(
                    "--token-file " + file + " (expected: one token or API key and nothing else, in printable ASCII)");
        }
        return new Secret(found.group(1));
    }

    private static String text(Path file, String option) {
        try {
            return file.equals(Path.of("-"))
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(file);
        } catch (IOException e) {
            throw new CannotStart(option + " " + file + " cannot be read (" + e + ").", e);
        }
    }
}

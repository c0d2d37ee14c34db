package dev.portcullis.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.Secret;
import dev.portcullis.console.Console;
import dev.portcullis.console.ConsoleSettings;
import dev.portcullis.console.TrailSettings;
import dev.portcullis.console.setup.FirstStart;
import dev.portcullis.database.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/// An archive of a real console, verified by the real command after the console has gone.
class EvidenceCommandTest {
    @TempDir
    private static Path folder;

    private static Path made;
    private static Path publicKey;
    private static Ended fetched = new Ended(1, "", "");

    @TempDir
    private Path own;

    /// What a command said and ended with.
    private record Ended(int code, String out, String errors) {}

    @BeforeAll
    static void make() throws Exception {
        var signingKey = folder.resolve("signing.key");
        made = folder.resolve("evidence.zip");
        publicKey = folder.resolve("public.pem");
        try (var database = TestDatabase.create()) {
            var token = FirstStart.prepare(database.dataSource()).adminToken().orElseThrow();
            var settings = new ConsoleSettings(
                            InetAddress.getLoopbackAddress(),
                            0,
                            new DatabaseSettings(database.url(), database.user(), new Secret(database.password())),
                            "http://127.0.0.1:8080",
                            Optional.empty())
                    .withTrail(TrailSettings.usual().signedWith(signingKey));
            try (var console = Console.start(settings)) {
                var today = LocalDate.now(ZoneOffset.UTC);
                fetched = run(
                        "audit",
                        "evidence",
                        "--url",
                        "http://127.0.0.1:" + console.port(),
                        "--token",
                        token,
                        "--from",
                        today.minusDays(7).toString(),
                        "--to",
                        today.plusDays(1).toString(),
                        "--output",
                        made.toString());
            }
        }
        Files.writeString(publicKey, run("audit", "key", signingKey.toString()).out());
    }

    @Test
    void archiveIsAsItWasMade() {
        assertThat(fetched.errors()).startsWith("Wrote " + made);
        assertThat(fetched.code()).isZero();

        var ended = run("audit", "verify", "--evidence", made.toString(), "--public-key", publicKey.toString());

        assertThat(ended.out())
                .startsWith("The archive is as it was made: ")
                .contains("made by token:first", "The excerpt of the audit trail is as it was written.");
        assertThat(ended.code()).isZero();
    }

    @Test
    void excerptAloneIsVerifiedToo() throws IOException {
        // Given
        var trail = own.resolve("trail.ndjson");
        try (var zip = FileSystems.newFileSystem(made)) {
            Files.copy(zip.getPath("trail.ndjson"), trail);
        }

        // When
        var ended = run("audit", "verify", "--export", trail.toString(), "--public-key", publicKey.toString());

        // Then
        assertThat(ended.out())
                .startsWith("The excerpt of the audit trail is as it was written.")
                .contains("It is about ");
        assertThat(ended.code()).isZero();
    }

    /// Names and facts are chosen by whoever made, or changed, an archive; a terminal would obey some of them.
    @Test
    void nameThatATerminalWouldObeyIsWrittenOut() throws IOException {
        // Given
        var changed = Files.copy(made, own.resolve("terminal.zip"));
        try (var zip = FileSystems.newFileSystem(changed)) {
            Files.writeString(zip.getPath("\u001b[2K\u001b[1GThe archive is as it was made"), "x");
        }

        // When
        var ended = run("audit", "verify", "--evidence", changed.toString(), "--public-key", publicKey.toString());

        // Then
        assertThat(ended.out()).contains("\\u{1B}[2K").doesNotContain("\u001b");
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void changedFileIsFound() throws IOException {
        // Given
        var changed = Files.copy(made, own.resolve("changed.zip"));
        try (var zip = FileSystems.newFileSystem(changed)) {
            var events = zip.getPath("admin-events.ndjson");
            Files.writeString(events, Files.readString(events).replace("system", "nobody"));
        }

        // When
        var ended = run("audit", "verify", "--evidence", changed.toString(), "--public-key", publicKey.toString());

        // Then
        assertThat(ended.out()).startsWith("The archive is NOT as it was made: admin-events.ndjson was changed.");
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void wrongUsageIsSaidInASentence() {
        assertUsage("leave out", "audit", "verify", "--evidence", made.toString(), "--data", own.toString());
        assertUsage("choose one", "audit", "verify", "--evidence", made.toString(), "--export", made.toString());
        assertUsage("no file that can be read", "audit", "verify", "--evidence", own.toString());
        var there = made.toString();
        assertUsage("expected: 2026", "audit", "evidence", "--from", "x", "--to", "2026-11-01", "--output", there);
        assertUsage(
                "there already", "audit", "evidence", "--from", "2026-11-01", "--to", "2026-12-01", "--output", there);
        assertUsage(
                "--reason",
                "audit",
                "evidence",
                "--arguments",
                "--from",
                "2026-11-01",
                "--to",
                "2026-12-01",
                "--output",
                there);
    }

    private static void assertUsage(String sentence, String... arguments) {
        var ended = run(arguments);
        assertThat(ended.errors()).contains(sentence);
        assertThat(ended.code()).isEqualTo(2);
    }

    private static Ended run(String... arguments) {
        var out = new StringWriter();
        var errors = new StringWriter();
        int code = PortcullisCommand.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(errors))
                .execute(arguments);
        return new Ended(code, out.toString(), errors.toString());
    }
}

package dev.portcullis.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.console.events.store.AdminEventLinker;
import dev.portcullis.database.TestDatabase;
import dev.portcullis.ledger.SigningKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The trail of a real database, from the command line.
class AuditCommandsTest {
    @TempDir
    private Path folder;

    private TestDatabase database;
    private String configuration;
    private Path signingKey;

    /// What a command said and ended with.
    private record Ended(int code, String out, String errors) {}

    @BeforeEach
    void linkThreeAdminEvents() throws Exception {
        database = TestDatabase.create();
        signingKey = folder.resolve("signing.key");
        configuration = folder.resolve("portcullis.yaml").toString();
        Files.writeString(
                Path.of(configuration),
                "database: {url: \"" + database.url() + "\", user: " + database.user() + ", password: \""
                        + database.password() + "\"}\n");
        execute("insert into audit.admin_events (id, actor, event) select gen_random_uuid(), 'admin', 'signed_in'"
                + " from generate_series(1, 3)");
        link(3);
    }

    private void link(int all) throws IOException {
        var linker = new AdminEventLinker(database.dataSource(), SigningKey.at(signingKey), Clock.systemUTC());
        linker.start();
        await().until(() -> count("audit.admin_event_links") == all);
        linker.stop();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void untouchedTrailIsGoodInTheDatabaseAndInAnExport() throws IOException {
        // Given
        var publicKey = folder.resolve("public.pem");
        Files.writeString(publicKey, run("audit", "key", signingKey.toString()).out());
        var export = folder.resolve("trail.ndjson").toString();

        // When
        var exported = run("audit", "export", "--config", configuration, "--out", export);

        // Then
        assertThat(exported.errors()).contains("Exported 4 records.");
        assertThat(exported.code()).isZero();
        var inDatabase = run("audit", "verify", "--config", configuration, "--public-key", publicKey.toString());
        assertThat(inDatabase.out())
                .startsWith("The audit trail is as it was written.")
                .contains("Followed 3 records in 1 chains, with 1 checkpoints", "No anchors were given");
        assertThat(inDatabase.code()).isZero();
        var inExport = run("audit", "verify", "--export", export, "--public-key", publicKey.toString());
        assertThat(inExport.out()).isEqualTo(inDatabase.out());
        assertThat(inExport.code()).isZero();
        var again = run("audit", "export", "--config", configuration);
        assertThat(again.errors()).contains("Exported 5 records.");
        var lines = Files.readAllLines(Path.of(export));
        assertThat(again.out().lines()).containsAll(lines.subList(0, lines.size() - 1));
    }

    @Test
    void exportIsForItsOwnerOnlyAndIsRecorded() throws Exception {
        // Given
        var export = folder.resolve("trail.ndjson");

        // When
        run("audit", "export", "--config", configuration, "--out", export.toString());

        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(export)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(export)).contains("\"cli:" + System.getProperty("user.name") + "\"");
        assertThat(count("audit.admin_events where event = 'audit.exported' and detail ->> 'payloads' = 'true'"))
                .isEqualTo(1);
    }

    @Test
    void exportFromADatabaseThatCanOnlyBeReadSaysThatItIsNotRecorded() throws Exception {
        // Given
        Files.writeString(
                Path.of(configuration),
                Files.readString(Path.of(configuration))
                        .replace(database.url(), database.url() + "?options=-c%20default_transaction_read_only=on"));

        // When
        var exported = run("audit", "export", "--config", configuration);

        // Then
        assertThat(exported.errors())
                .contains("No admin event says that the trail was exported", "Exported 3 records.");
        assertThat(exported.code()).isZero();
        assertThat(count("audit.admin_events")).isEqualTo(3);
    }

    @Test
    void exportThatDoesNotComeToItsEndIsRefused() throws Exception {
        // Given
        var full = new PrintWriter(new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("no space left on device");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        var file = folder.resolve("trail.ndjson");

        // When
        var refused = run(full, "audit", "export", "--config", configuration);
        execute("alter table audit.admin_event_links rename column hash to lost");
        var unreadable = run("audit", "export", "--config", configuration, "--out", file.toString());

        // Then
        assertThat(refused.errors()).contains("did not take all");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(unreadable.errors()).contains("The audit trail cannot be read");
        assertThat(unreadable.code()).isEqualTo(1);
        assertThat(file).doesNotExist();
    }

    @Test
    void exportHasItsNameWhenItIsWhole() throws Exception {
        // Given
        var file = folder.resolve("trail.ndjson");
        var unfinished = folder.resolve("trail.ndjson.unfinished");
        CompletableFuture<Ended> export;

        // When
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table audit.admin_event_links in access exclusive mode");
            export = CompletableFuture.supplyAsync(
                    () -> run("audit", "export", "--config", configuration, "--out", file.toString()));
            await().until(() -> Files.exists(unfinished));
            assertUsage(
                    "trail.ndjson.unfinished is there already",
                    "audit",
                    "export",
                    "--config",
                    configuration,
                    "--out",
                    file.toString());
            assertThat(file).doesNotExist();
            connection.rollback();
        }

        // Then
        assertThat(export.get(20, TimeUnit.SECONDS).code()).isZero();
        assertThat(Files.readString(file)).contains("\"kind\":\"end\"");
        assertThat(unfinished).doesNotExist();
    }

    @Test
    void firstBadPlaceIsSaid() throws Exception {
        execute("set session_replication_role = replica; update audit.admin_events set actor = 'mallory' where id ="
                + " (select event from audit.admin_event_links where sequence = 2); set session_replication_role ="
                + " origin");

        var ended = run("audit", "verify", "--config", configuration);

        assertThat(ended.out())
                .startsWith("The audit trail is NOT as it was written. First bad place: chain ")
                .contains(", place 2: ");
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void adminEventThatComesLateIsSaid() throws Exception {
        // Given
        execute("insert into audit.admin_events (id, actor, event, occurred_at)"
                + " values (gen_random_uuid(), 'admin', 'policy.published', now() - interval '61 minutes')");
        link(4);

        // When
        var ended = run("audit", "verify", "--config", configuration);

        // Then
        assertThat(ended.out())
                .startsWith("The audit trail is as it was written.")
                .contains("1 admin events came more than an hour after");
        assertThat(ended.code()).isZero();
    }

    @Test
    void exportThatWasCutOffIsFound() throws IOException {
        var export = folder.resolve("trail.ndjson");
        run("audit", "export", "--config", configuration, "--out", export.toString());
        var lines = Files.readAllLines(export);

        Files.write(export, lines.subList(0, lines.size() - 1));
        var cut = run("audit", "verify", "--export", export.toString());
        assertThat(cut.out()).contains("the end of the trail is missing");
        assertThat(cut.code()).isEqualTo(1);

        lines.set(2, "{\"kind\":\"recor");
        Files.write(export, lines);
        var damaged = run("audit", "verify", "--export", export.toString());
        assertThat(damaged.errors()).contains("line 3 is damaged");
        assertThat(damaged.code()).isEqualTo(1);
    }

    @Test
    void keyOfSomebodyElseDoesNotCount() throws IOException {
        var other = folder.resolve("other.pem");
        Files.writeString(other, SigningKey.generate().publicKey().pem());

        var ended = run("audit", "verify", "--config", configuration, "--public-key", other.toString());

        assertThat(ended.out()).contains("is signed by the unknown key");
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void wrongUsageIsSaidInASentence() throws IOException {
        var taken = Files.createFile(folder.resolve("taken")).toString();
        assertUsage("There is no installation in", "audit", "verify", "--data", folder.toString());
        assertUsage("choose one", "audit", "verify", "--data", taken, "--config", configuration);
        assertUsage("leave out", "audit", "verify", "--export", taken, "--config", configuration);
        assertUsage("no file that can be read", "audit", "verify", "--export", folder.toString());
        assertUsage("--anchors", "audit", "verify", "--config", configuration, "--anchors", "/none");
        assertUsage("expected: PEM", "audit", "verify", "--config", configuration, "--public-key", taken);
        assertUsage("is there already", "audit", "export", "--config", configuration, "--out", taken);
        assertUsage("cannot be made", "audit", "export", "--config", configuration, "--out", "/none/of/these");
        assertUsage("is no signing key", "audit", "key", "/none");
    }

    private static void assertUsage(String sentence, String... arguments) {
        var ended = run(arguments);
        assertThat(ended.errors()).contains(sentence);
        assertThat(ended.code()).isEqualTo(2);
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int count(String table) throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static Ended run(String... arguments) {
        var out = new StringWriter();
        var ended = run(new PrintWriter(out), arguments);
        return new Ended(ended.code(), out.toString(), ended.errors());
    }

    private static Ended run(PrintWriter out, String... arguments) {
        var errors = new StringWriter();
        int code = PortcullisCommand.commandLine()
                .setOut(out)
                .setErr(new PrintWriter(errors))
                .execute(arguments);
        return new Ended(code, "", errors.toString());
    }
}

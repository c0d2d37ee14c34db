package dev.portcullis.console.evidence;

import static dev.portcullis.database.audit.Tables.ANCHORINGS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.TrailSettings;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.policy.PolicyOwner;
import dev.portcullis.ledger.Checkpoint;
import dev.portcullis.ledger.EvidenceArchive;
import dev.portcullis.ledger.EvidenceReport;
import dev.portcullis.ledger.SigningKey;
import dev.portcullis.ledger.VerificationKey;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// Archives of a console with a key of its own, of a March with calls in it and a today with admin events.
class EvidenceApiTest {
    private static final OffsetDateTime MARCH = OffsetDateTime.parse("2025-03-01T00:00:00Z");
    private static final String OF_MARCH = "?from=2025-03-01T00:00:00Z&to=2025-04-01T00:00:00Z";
    private static final String OF_LATELY =
            "?from=" + OffsetDateTime.now().minusDays(1).toInstant() + "&to="
                    + OffsetDateTime.now().plusDays(1).toInstant();
    private static final SigningKey REPLICA = SigningKey.generate();

    @TempDir
    private static Path folder;

    private static RunningConsole console;
    private static VerificationKey consoleKey;
    private static List<UUID> calls;

    @BeforeAll
    static void record() throws IOException {
        var key = folder.resolve("console.key");
        consoleKey = SigningKey.at(key).publicKey();
        console = new RunningConsole(
                new PolicyOwner.Console(), TrailSettings.usual().signedWith(key), _ -> {});
        var database = console.database().dataSource();
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("select audit.add_partition('2025-02-01'), audit.add_partition('2025-03-01'),"
                    + " audit.add_partition('2025-04-01')");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
        var replica = new LinkedCalls(database, REPLICA, MARCH.minusDays(10));
        replica.record(10, MARCH.minusDays(9));
        calls = replica.record(20, MARCH.plusDays(5));
        replica.record(10, MARCH.plusMonths(1).plusDays(3));
        publish("first");
        publish("second");
        console.post("/api/v1/kills", "{\"scope\": {\"tools\": [\"x\"]}, \"reason\": \"an incident\"}");
    }

    private static void publish(String message) {
        console.send("PUT", "/api/v1/policy/draft", "application/yaml", RunningConsole.DOCUMENT.formatted(message));
        assertThat(console.post("/api/v1/policy/publish", "{\"comment\": \"c\"}")
                        .statusCode())
                .isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @Test
    void archiveHasWhatWasSignedAndVerifiesWithoutTheConsole() throws IOException {
        // When
        var archive = archive(OF_MARCH);
        var report = verify(archive);

        // Then
        assertThat(report.bad()).isEmpty();
        assertThat(report.isGood()).isTrue();
        assertThat(report.facts())
                .containsEntry("created_by", "token:first")
                .containsEntry("arguments", "false")
                .containsEntry("key_kept", "true");
        assertThat(report.trail()).hasValueSatisfying(trail -> {
            assertThat(trail.excerpt()).isPresent();
            assertThat(trail.leftOut()).isEqualTo(40);
            assertThat(trail.checkpoints()).isEqualTo(3);
        });
        var files = files(archive);
        assertThat(files.get("calls/sample.ndjson").lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(calls).anyMatch(id -> line.contains(id.toString())));
        assertThat(files.get("calls/refused.ndjson").lines())
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).contains("read-only-by-default", "\"sequence\": "));
        assertThat(files.get("checkpoints.ndjson").lines()).hasSize(3);
        assertThat(files.get("README.txt")).contains("portcullis audit verify --evidence", consoleKey.keyId());
        assertThat(String.join("\n", files.values())).doesNotContain("Zürich", "sha256:short");
    }

    @Test
    void auditorWhoSaysWhyGetsArgumentsAndProvableRecords() throws IOException {
        // When
        var archive = archive(OF_MARCH + "&arguments=true", "portcullis-reason", "CASE-7");
        var report = verify(archive);

        // Then
        assertThat(report.isGood()).as(report.toString()).isTrue();
        assertThat(report.trail()).hasValueSatisfying(trail -> {
            assertThat(trail.linked()).isEqualTo(30);
            assertThat(trail.leftOut()).isEqualTo(10);
        });
        assertThat(files(archive).get("calls/sample.ndjson")).contains("Zürich");
        assertThat(files(archive).get("trail.ndjson")).contains("Zürich");
        var id = report.facts().get("archive");
        assertThat(console.eventDetails(String.valueOf(id)))
                .satisfiesExactly(
                        created -> assertThat(created)
                                .startsWith("evidence.created")
                                .contains("arguments=true", "reason=CASE-7"),
                        ended -> assertThat(ended)
                                .startsWith("evidence.ended")
                                .contains("complete=true", "manifest=sha256:"));
    }

    @Test
    void archiveHasPoliciesKillsAndAdminEvents() throws IOException {
        // When
        var files = files(archive(OF_LATELY));

        // Then
        assertThat(files.get("policy/00000002/document.yaml")).contains("second");
        assertThat(files.get("policy/00000002/changes.txt")).contains("Changed rule read-only-by-default");
        assertThat(files.get("policy/00000002/version.json")).contains("token:first", "policy.published");
        assertThat(files.get("kills.ndjson")).contains("an incident", "\"acknowledgements\"");
        assertThat(files.get("admin-events.ndjson")).contains("kill.engaged", "evidence.created");
        assertThat(files.get("trail.ndjson")).contains("\"subject\":\"admin_event\"");
    }

    @Test
    void whatSomebodyChangesIsFound() throws IOException {
        var archive = archive(OF_LATELY);

        assertThat(changed(archive, "kills.ndjson", text -> text.replace("an incident", "a drill")))
                .hasValue("kills.ndjson was changed");
        assertThat(changed(archive, "kills.ndjson", _ -> "")).hasValue("kills.ndjson is missing");
        assertThat(changed(archive, "MANIFEST", text -> text.replace("token:first", "token:other")))
                .hasValueSatisfying(bad -> assertThat(bad).contains("forged"));
        assertThat(changed(archive, "MANIFEST.sig", text -> "x" + text))
                .hasValueSatisfying(bad -> assertThat(bad).contains("forged"));
        assertThat(changed(archive, "MANIFEST", _ -> ""))
                .hasValueSatisfying(bad -> assertThat(bad).contains("MANIFEST is missing"));
        assertThat(changed(archive, "more.txt", _ -> "more"))
                .hasValue("more.txt is in the archive, but not in the manifest");
    }

    @Test
    void anchorsAreInTheArchiveAndComparedWithIt() throws IOException {
        // Given
        anchored("file /mnt/anchors.ndjson", checkpoint(OF_MARCH, 1));

        // When
        var archive = archive(OF_MARCH);

        // Then
        assertThat(files(archive).get("anchors.ndjson").lines())
                .singleElement()
                .satisfies(line ->
                        assertThat(line).contains("\"place\":\"file /mnt/anchors.ndjson\"", "\"anchored_at\":"));
        assertThat(verify(archive).isGood()).isTrue();
        assertThat(verify(archive).anchored()).isEqualTo(1);
    }

    @Test
    void anchorThatIsNotTheCheckpointIsNamed() throws IOException {
        // Given
        var april = "?from=2025-04-01T00:00:00Z&to=2025-05-01T00:00:00Z";
        anchored("webhook https://anchors.example.com", checkpoint(april, -1));
        anchored("file /mnt/other.ndjson", checkpoint(april, -1).replaceFirst("\"hash\":\"....", "\"hash\":\"beef"));

        // When
        var report = verify(archive(april));

        // Then
        assertThat(report.isGood()).isFalse();
        assertThat(report.bad())
                .hasValueSatisfying(bad -> assertThat(bad)
                        .contains(
                                "file /mnt/other.ndjson",
                                "is not the checkpoint 40 of chain",
                                "one of them was changed"));
    }

    @Test
    void anchorWhoseCheckpointIsGoneIsNamed() throws IOException {
        // Given
        var line = checkpoint(OF_MARCH, 1)
                .replaceFirst("\"chain\":\"[^\"]+", "\"chain\":\"" + new UUID(0, 7))
                .replaceFirst("\"made_at\":\"2025-03", "\"made_at\":\"2025-01");
        anchored("file /mnt/anchors.ndjson", line);

        // When
        var report = verify(archive("?from=2025-01-01T00:00:00Z&to=2025-02-01T00:00:00Z"));

        // Then
        assertThat(report.bad())
                .hasValueSatisfying(bad -> assertThat(bad)
                        .contains("file /mnt/anchors.ndjson", new UUID(0, 7).toString(), "is missing in this archive"));
    }

    /// @param number of those of the archive; counted from its end when it is negative
    private static String checkpoint(String period, int number) throws IOException {
        var lines = files(archive(period)).get("checkpoints.ndjson").lines().toList();
        return lines.get(number < 0 ? lines.size() + number : number);
    }

    /// As a replica notes it.
    private static void anchored(String place, String line) {
        var checkpoint = Checkpoint.read(line);
        DSL.using(console.database().dataSource(), SQLDialect.POSTGRES)
                .insertInto(ANCHORINGS)
                .set(ANCHORINGS.CHAIN, checkpoint.at().chain())
                .set(ANCHORINGS.SEQUENCE, checkpoint.at().sequence())
                .set(ANCHORINGS.PLACE, place)
                .set(ANCHORINGS.MADE_AT, checkpoint.madeAt().atOffset(ZoneOffset.UTC))
                .set(ANCHORINGS.ANCHORED_AT, checkpoint.madeAt().atOffset(ZoneOffset.UTC))
                .set(ANCHORINGS.CHECKPOINT, line)
                .execute();
    }

    @Test
    void archiveThatWasCutOffIsNoArchive() throws IOException {
        var whole = archive(OF_LATELY);
        var half = folder.resolve("half.zip");

        Files.write(half, java.util.Arrays.copyOf(Files.readAllBytes(whole), (int) Files.size(whole) / 2));

        assertThat(verify(half).bad()).hasValueSatisfying(bad -> assertThat(bad).startsWith("it is no whole archive"));
    }

    @Test
    void keyOfSomebodyElseDoesNotCount() throws IOException {
        var report = EvidenceArchive.verify(archive(OF_MARCH), List.of(REPLICA.publicKey()), List.of());

        assertThat(report.bad()).hasValueSatisfying(bad -> assertThat(bad).contains("unknown key"));
    }

    @Test
    void contentsAreCountedAndArchivesAreListed() throws IOException {
        // Given
        archive(OF_MARCH);

        // When
        var contents = RunningConsole.json(console.get("/api/v1/evidence/contents" + OF_MARCH));
        var history = RunningConsole.json(console.get("/api/v1/evidence/history"));

        // Then
        assertThat(contents.at("/calls/count").asLong()).isEqualTo(20);
        assertThat(contents.at("/calls/more").asBoolean()).isFalse();
        assertThat(contents.at("/refusals/count").asLong()).isEqualTo(4);
        assertThat(contents.at("/checkpoints/count").asLong()).isEqualTo(1);
        assertThat(history.at("/items/0/from").asString()).isEqualTo("2025-03-01T00:00:00Z");
        assertThat(history.at("/items/0/complete").asBoolean()).isTrue();
        assertThat(history.at("/items/0/manifest").asString()).startsWith("sha256:");
    }

    @Test
    void onlyAuditorsTakeEvidence() {
        for (var path : List.of("/api/v1/evidence", "/api/v1/evidence/contents", "/api/v1/evidence/history")) {
            assertThat(console.getAs(console.tokenWith(Roles.ADMIN), path + OF_MARCH)
                            .statusCode())
                    .isEqualTo(403);
            assertThat(console.getAs(console.tokenWith(Roles.AUDITOR), path + OF_MARCH)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?from=2025-03-01T00:00:00Z",
                "?from=2025-04-01T00:00:00Z&to=2025-03-01T00:00:00Z",
                "?from=2020-04-01T00:00:00Z&to=2025-03-01T00:00:00Z",
                "?from=2025-03-01T00:00:00Z&to=2025-04-01T00:00:00Z&arguments=true"
            })
    void badOrderIsABadRequest(String query) {
        assertThat(console.get("/api/v1/evidence" + query).statusCode()).isEqualTo(400);
    }

    private static Path archive(String query, String... headers) throws IOException {
        var file = folder.resolve(UUID.randomUUID() + ".zip");
        var request = console.request("/api/v1/evidence" + query);
        var response = download(headers.length == 0 ? request : request.headers(headers), file);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/zip");
        return file;
    }

    private static HttpResponse<Path> download(HttpRequest.Builder request, Path file) throws IOException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofFile(file));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EvidenceReport verify(Path archive) throws IOException {
        return EvidenceArchive.verify(archive, List.of(consoleKey, REPLICA.publicKey()), List.of());
    }

    private static Map<String, String> files(Path archive) throws IOException {
        var files = new LinkedHashMap<String, String>();
        try (var zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.ISO_8859_1));
            }
        }
        files.replaceAll((name, text) -> name.equals("MANIFEST.sig")
                ? text
                : new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        return files;
    }

    /// What is said of an archive in which a file is another one; an empty file is left out.
    private static Optional<String> changed(Path archive, String name, UnaryOperator<String> change)
            throws IOException {
        var files = files(archive);
        files.put(name, change.apply(files.getOrDefault(name, "")));
        var forged = folder.resolve(UUID.randomUUID() + ".zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(forged))) {
            for (var file : new ArrayList<>(files.entrySet())) {
                if (!file.getValue().isEmpty() || !file.getKey().equals(name)) {
                    zip.putNextEntry(new ZipEntry(file.getKey()));
                    zip.write(file.getValue()
                            .getBytes(
                                    file.getKey().equals("MANIFEST.sig")
                                            ? StandardCharsets.ISO_8859_1
                                            : StandardCharsets.UTF_8));
                    zip.closeEntry();
                }
            }
        }
        return verify(forged).bad();
    }
}

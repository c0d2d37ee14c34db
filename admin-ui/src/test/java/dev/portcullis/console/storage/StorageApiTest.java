package dev.portcullis.console.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.TrailSettings;
import dev.portcullis.console.policy.PolicyOwner;
import dev.portcullis.console.storage.StorageSettings.Period;
import dev.portcullis.ledger.SigningKey;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

/// A console whose configuration file says: records are kept for 60 days, those of the lawyers for ever.
class StorageApiTest {
    private static final SigningKey KEY = SigningKey.generate();
    private static final StorageSettings SETTINGS = new StorageSettings(
            Period.MONTHLY,
            Optional.of(new Retention(Optional.of(Duration.ofDays(60)), Map.of("law", Optional.empty()))));
    private static final String RETENTION = "/api/v1/audit/retention";
    private static final String HOLDS = "/api/v1/audit/holds";

    private static RunningConsole console;

    @BeforeAll
    static void start() {
        console = new RunningConsole(new PolicyOwner.Console(), TrailSettings.of(SETTINGS), database -> {
            part(sql(database.dataSource()), "2025-01-01");
            record(sql(database.dataSource()), "2025-01-14", "acme");
        });
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @Test
    void oldPartIsDroppedAtTheStartAndLeavesItsCutAndAnEvent() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(parts()).doesNotContain("exchanges_2025_01"));

        assertThat(console.eventDetails("exchanges_2025_01"))
                .singleElement()
                .asString()
                .startsWith(
                        "audit.part_dropped {cuts=1, ends=2025-02-01T00:00:00Z, reason=older than the retention, records=1");
        assertThat(console.events("audit.part_dropped")).contains("system audit.part_dropped");
        assertThat(sql().fetchValue("select sequence from audit.cuts where part = 'exchanges_2025_01'"))
                .isEqualTo(1L);
        assertThat(sql().fetchCount(DSL.table("audit.cuts"), DSL.condition("signature is null")))
                .isZero();
    }

    @Test
    void partWithRecordsOfSomebodyWhoKeepsThemStaysWhole() {
        // Given
        part(sql(), "2025-02-01");
        record(sql(), "2025-02-14", "acme");
        record(sql(), "2025-02-15", "law");
        part(sql(), "2025-03-01");

        // When
        maintain("exchanges_2025_03");

        // Then
        assertThat(parts()).contains("exchanges_2025_02");
        assertThat(items("/api/v1/tool-calls?from=2025-02-01T00:00:00Z&to=2025-03-01T00:00:00Z"))
                .hasSize(2);
    }

    @Test
    void recordThatComesAtTheLastMomentKeepsItsPart() throws Exception {
        // Given
        await().until(() -> !parts().contains("exchanges_2025_01"));
        part(sql(), "2025-10-01");
        record(sql(), "2025-10-14", "acme");

        // When somebody writes what is kept for ever, and it is not there yet when the part is looked at
        var dropping = sql().transactionResult(writer -> {
            record(writer.dsl(), "2025-10-15", "law");
            var maintaining = CompletableFuture.runAsync(() -> maintenance().run());
            await().until(() -> sql().fetchCount(
                                    DSL.table("pg_locks"),
                                    DSL.condition("not granted and relation = 'audit.exchanges_2025_10'::regclass"))
                    > 0);
            return maintaining;
        });
        dropping.get(30, TimeUnit.SECONDS);

        // Then
        assertThat(parts()).contains("exchanges_2025_10");
        assertThat(sql().fetchCount(DSL.table("audit.exchanges_2025_10"))).isEqualTo(2);
    }

    @Test
    void partUnderALegalHoldStaysUntilItIsReleased() {
        // Given
        var placed = console.post(
                HOLDS,
                "{\"from\": \"2025-05-31T23:00:00Z\", \"to\": \"2025-06-01T00:00:00Z\", \"reason\": \"Doe v. Roe\"}");
        assertThat(placed.statusCode()).isEqualTo(201);
        var id = RunningConsole.json(placed).path("id").asString();
        part(sql(), "2025-05-01");
        part(sql(), "2025-06-01");

        // When
        maintain("exchanges_2025_06");

        // Then
        assertThat(partNamed("exchanges_2025_05").path("holds").toString()).isEqualTo("[\"" + id + "\"]");

        // When
        assertThat(release(id + "?reason=settled").statusCode()).isEqualTo(204);
        maintain("exchanges_2025_05");

        // Then
        assertThat(release(id).statusCode()).isEqualTo(204);
        assertThat(console.get(HOLDS).body()).doesNotContain(id);
        assertThat(console.get(HOLDS + "?all=true").body())
                .contains("\"releasedBy\":\"token:first\"", "\"releaseReason\":\"settled\"");
        assertThat(console.eventDetails(id)).hasSize(2).satisfies(events -> {
            assertThat(events.getFirst())
                    .startsWith("legal_hold.placed {reason=Doe v. Roe, scope=everything, from 2025-05-31");
            assertThat(events.getLast()).contains("reason=settled", "before=placed by token:first");
        });
    }

    @Test
    void recordsOfOddTimesAreFoundAndCounted() {
        // Given
        var old = record(sql(), "1970-01-01T00:00:01Z", "acme");
        var future = record(sql(), "2200-01-01", "acme");

        // Then
        assertThat(items("/api/v1/tool-calls?limit=1").getFirst().path("id").asString())
                .isEqualTo(future);
        assertThat(items("/api/v1/tool-calls?to=1971-01-01T00:00:00Z"))
                .extracting(call -> call.path("id").asString())
                .containsExactly(old);
        assertThat(console.get("/api/v1/tool-calls/" + old).statusCode()).isEqualTo(200);
        assertThat(partNamed("exchanges_elsewhen").path("records").asLong()).isEqualTo(2);
        assertThat(report().path("warnings").toString()).contains("2 records in exchanges_elsewhen");

        // When
        part(sql(), "2025-07-01");
        maintain("exchanges_2025_07");

        // Then
        assertThat(partNamed("exchanges_elsewhen").path("records").asLong()).isEqualTo(2);
    }

    @Test
    void storageIsReported() {
        var report = report();

        assertThat(report.path("partitions").asString()).isEqualTo("monthly");
        assertThat(report.path("retention").asString()).isEqualTo("60d");
        assertThat(report.path("organizations").toString()).isEqualTo("{\"law\":\"forever\"}");
        assertThat(report.path("ahead").asString()).endsWith("-01T00:00:00Z");
        assertThat(report.path("items").valueStream().filter(part -> part.has("starts")))
                .isNotEmpty()
                .allSatisfy(part -> assertThat(part.path("bytes").asLong()).isPositive());
    }

    @Test
    void retentionOfTheFileIsChangedNowhereElse() {
        // When
        var asked = console.get(RETENTION);
        var changed = console.send(
                "PUT",
                RETENTION,
                "application/json",
                "{\"retention\": \"forever\", \"organizations\": {}, \"reason\": \"r\"}");

        // Then
        assertThat(asked.body())
                .isEqualTo("{\"owner\":\"file\",\"retention\":\"60d\",\"organizations\":{\"law\":\"forever\"}}");
        assertThat(changed.statusCode()).isEqualTo(409);
        assertThat(changed.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(RunningConsole.json(changed).path("detail").asString())
                .startsWith("The configuration file sets the retention, by console.audit.retention or");
        assertThat(console.events("retention.changed")).isEmpty();
        assertThat(sql().fetchValue("select revision from gateway.retention")).isEqualTo(0L);
    }

    @Test
    void missingPartIsAWarning() {
        var warnings = StorageReport.warnings(List.of(), OffsetDateTime.now(ZoneOffset.UTC));

        assertThat(warnings).singleElement().asString().startsWith("There is no part of the audit trail");
    }

    @Test
    void consoleThatIsNotAloneLeavesTheWorkToTheOther() {
        // Given
        part(sql(), "2025-08-01");

        // When another one is at it
        sql().transaction(other -> {
            other.dsl().execute("select audit.lock_parts()");
            maintenance().run();
        });

        // Then
        assertThat(parts()).contains("exchanges_2025_08");
        maintain("exchanges_2025_08");
    }

    @Test
    void partThatSomebodyReadsIsDroppedAnotherTime() {
        // Given
        part(sql(), "2025-09-01");

        // When
        sql().transaction(reader -> {
            reader.dsl().fetch("select from audit.exchanges_2025_09");
            maintenance().run();
        });

        // Then
        assertThat(parts()).contains("exchanges_2025_09");
        maintain("exchanges_2025_09");
    }

    @Test
    void auditorReadsAndOnlyAnAdminChanges() {
        // Given
        var auditor = console.tokenWith("AUDITOR");
        var nobody = console.tokenWith("BUNDLES");

        // Then
        assertThat(status(auditor, "GET", "/api/v1/audit/storage")).isEqualTo(200);
        assertThat(status(auditor, "GET", HOLDS)).isEqualTo(200);
        assertThat(status(auditor, "POST", HOLDS)).isEqualTo(403);
        assertThat(status(auditor, "DELETE", HOLDS + "/" + UUID.randomUUID())).isEqualTo(403);
        assertThat(status(nobody, "GET", "/api/v1/audit/storage")).isEqualTo(403);
        assertThat(status(nobody, "GET", HOLDS)).isEqualTo(403);
        assertThat(console.get("/api/openapi.json").body())
                .contains("/api/v1/audit/holds/{id}", "/api/v1/audit/storage");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"reason\": \" \"}",
                "{\"reason\": 7}",
                "{\"reason\": \"x\", \"from\": \"yesterday\"}",
                "{\"reason\": \"x\", \"from\": \"2026-01-02T00:00:00Z\", \"to\": \"2026-01-01T00:00:00Z\"}",
                "{\"reason\": \"x\", \"from\": \"+999999-01-02T00:00:00Z\"}",
                "{\"reason\": \"x\", \"organization\": \"\"}",
                "{\"reason\": \"x\", \"until\": \"2026-01-01T00:00:00Z\"}",
                "["
            })
    void orderThatIsNotClearIsRefused(String order) {
        assertThat(console.post(HOLDS, order).statusCode()).isEqualTo(400);
    }

    @Test
    void unknownHoldIsNotFound() {
        assertThat(release(UUID.randomUUID().toString()).statusCode()).isEqualTo(404);
    }

    private static int status(String token, String method, String path) {
        return console.send(HttpRequest.newBuilder(console.uri(path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString("{\"reason\": \"x\"}")))
                .statusCode();
    }

    private static HttpResponse<String> release(String id) {
        return console.send(console.request(HOLDS + "/" + id).DELETE());
    }

    private static JsonNode report() {
        return RunningConsole.json(console.get("/api/v1/audit/storage"));
    }

    private static List<String> parts() {
        return report().path("items")
                .valueStream()
                .map(part -> part.path("name").asString())
                .toList();
    }

    private static JsonNode partNamed(String name) {
        return report().path("items")
                .valueStream()
                .filter(part -> part.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> items(String path) {
        return RunningConsole.json(console.get(path))
                .path("items")
                .valueStream()
                .toList();
    }

    /// Works until this part is gone: the console's own maintenance may be in the way.
    private static void maintain(String part) {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            maintenance().run();
            return !parts().contains(part);
        });
    }

    private static Maintenance maintenance() {
        return MaintenanceAlone.on(console.database(), SETTINGS, KEY);
    }

    private static void part(DSLContext sql, String month) {
        sql.execute("select audit.add_partition(?::date)", month);
    }

    private static String record(DSLContext sql, String time, String organization) {
        var id = UUID.randomUUID();
        sql.execute(
                "insert into audit.exchanges (id, occurred_at, replica, organization, decision, outcome, chain, sequence, hash)"
                        + " values (?, ?::timestamptz, 'r', ?, 'allowed', 'succeeded', gen_random_uuid(), 1, sha256('x'))",
                id,
                time,
                organization);
        return id.toString();
    }

    private static DSLContext sql() {
        return sql(console.database().dataSource());
    }

    private static DSLContext sql(DataSource database) {
        return DSL.using(database, SQLDialect.POSTGRES);
    }
}

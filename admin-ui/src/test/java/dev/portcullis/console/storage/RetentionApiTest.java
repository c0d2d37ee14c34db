package dev.portcullis.console.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.ledger.SigningKey;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/// A console whose configuration file says nothing of the retention.
class RetentionApiTest {
    private static final String RETENTION = "/api/v1/audit/retention";
    private static final String PREVIEW = RETENTION + "/preview";
    private static final SigningKey KEY = SigningKey.generate();

    private static RunningConsole console;

    @BeforeAll
    static void start() {
        console = new RunningConsole();
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @AfterEach
    void keepForEver() {
        assertThat(put("forever", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void retentionIsChangedAndInForceAtOnce() {
        // When
        var changed = put("400d", "{\"law\": \"forever\", \"acme\": \"90d\"}");

        // Then
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body())
                .startsWith(
                        "{\"owner\":\"console\",\"retention\":\"400d\",\"organizations\":{\"acme\":\"90d\",\"law\":\"forever\"},"
                                + "\"changedBy\":\"token:first\",\"changedAt\":")
                .endsWith("\"reason\":\"ticket 7\"}");
        assertThat(console.get(RETENTION).body()).isEqualTo(changed.body());
        assertThat(tag(console.get(RETENTION))).isEqualTo(tag(changed));
        var report = RunningConsole.json(console.get("/api/v1/audit/storage"));
        assertThat(report.path("retention").asString()).isEqualTo("400d");
        assertThat(report.path("organizations").path("acme").asString()).isEqualTo("90d");
        assertThat(console.eventDetails("retention").getLast())
                .isEqualTo("retention.changed {after=400d; acme: 90d; law: forever, before=forever, reason=ticket 7}");
    }

    @Test
    void retentionThatSomebodyElseChangedIsNotOverwritten() {
        // Given
        var tag = tag(console.get(RETENTION));
        put("400d", "{}");
        var events = console.events("retention.changed").size();

        // When
        var late = send(tag, "30d");

        // Then
        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(late.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(console.get(RETENTION).body()).contains("\"retention\":\"400d\"");
        assertThat(console.events("retention.changed")).hasSize(events);

        // When
        var again = send(tag(console.get(RETENTION)), "30d");

        // Then
        assertThat(again.statusCode()).isEqualTo(200);
    }

    @Test
    void everybodySeesItAndOnlyAnAdminChangesIt() {
        var body = "{\"retention\": \"forever\", \"organizations\": {}%s}";
        for (var role : List.of("VIEWER", "AUDITOR", "EDITOR", "APPROVER", "ADMIN", "BUNDLES")) {
            var token = console.tokenWith(role);
            var isAdmin = role.equals("ADMIN");

            assertThat(status(token, "GET", RETENTION, "")).as(role).isEqualTo(role.equals("BUNDLES") ? 403 : 200);
            assertThat(status(token, "POST", PREVIEW, body.formatted("")))
                    .as(role)
                    .isEqualTo(isAdmin ? 200 : 403);
            assertThat(status(token, "PUT", RETENTION, body.formatted(", \"reason\": \"r\"")))
                    .as(role)
                    .isEqualTo(isAdmin ? 200 : 403);
        }
        assertThat(console.get("/api/openapi.json").body()).contains(RETENTION, PREVIEW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'organizations': {}, 'reason': 'r'} | /retention: missing (expected: forever, or 1d to 36500d)",
                "{'retention': '0d', 'organizations': {}, 'reason': 'r'} | /retention: \"0d\" (expected: forever, or 1d",
                "{'retention': '36501d', 'organizations': {}, 'reason': 'r'} | /retention: \"36501d\" (expected: forever",
                "{'retention': '23h', 'organizations': {}, 'reason': 'r'} | /retention: \"23h\" (expected: forever, or",
                "{'retention': '-1d', 'organizations': {}, 'reason': 'r'} | /retention: \"-1d\" (expected: forever, or",
                "{'retention': 90, 'organizations': {}, 'reason': 'r'} | /retention: 90 (expected: a text)",
                "{'retention': '90d', 'reason': 'r'} | /organizations: missing (expected: terms by the names",
                "{'retention': '90d', 'organizations': [], 'reason': 'r'} | /organizations: [] (expected: terms by the",
                "{'retention': '90d', 'organizations': {'acme': '1h'}, 'reason': 'r'} | /organizations/acme: \"1h\" (expected:",
                "{'retention': '90d', 'organizations': {'acme': null}, 'reason': 'r'} | /organizations/acme: null (expected:",
                "{'retention': '90d', 'organizations': {' x': '9d'}, 'reason': 'r'} | /organizations: \" x\" (expected: the name",
                "{'retention': '90d', 'organizations': {'': '9d'}, 'reason': 'r'} | /organizations: \"\" (expected: the name",
                "{'retention': '90d', 'organizations': {}} | /reason: missing (expected: why, for the record)",
                "{'retention': '90d', 'organizations': {}, 'reason': ' '} | /reason: \" \" (expected: why, in 1 to 1000",
                "{'retention': '90d', 'organizations': {}, 'reason': 'r', 'usual': 1} | /usual: unknown (expected: one of",
                "[ | The body is not JSON",
            },
            quoteCharacter = '`')
    void valueThatIsNotClearIsRefusedByItsName(String body, String problem) {
        var refused = console.send("PUT", RETENTION, "application/json", body.replace('\'', '"'));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(RunningConsole.json(refused).path("detail").asString()).startsWith(problem);
        assertThat(console.get(RETENTION).body()).contains("\"retention\":\"forever\"");
    }

    @Test
    void previewTellsWhatGoesAndDropsNothing() {
        // Given
        part("2025-01-01");
        part("2025-02-01");
        part("2025-03-01");
        record("2025-01-14", "acme");
        record("2025-02-14", "acme");
        record("2025-02-15", "law");
        var hold = hold("2025-03-14");

        // When
        var terms = "{\"retention\": \"90d\", \"organizations\": {\"law\": \"forever\"}}";
        var preview = RunningConsole.json(console.post(PREVIEW, terms));

        // Then
        assertThat(preview.path("parts").valueStream()).singleElement().satisfies(part -> {
            assertThat(part.path("name").asString()).isEqualTo("exchanges_2025_01");
            assertThat(part.path("ends").asString()).isEqualTo("2025-02-01T00:00:00Z");
            assertThat(part.path("certain").asBoolean()).isTrue();
        });
        assertThat(preview.path("held").toString()).isEqualTo("[\"exchanges_2025_03\"]");
        assertThat(parts()).contains("exchanges_2025_01", "exchanges_2025_02", "exchanges_2025_03");
        assertThat(console.get(RETENTION).body()).contains("\"retention\":\"forever\"");

        // When
        release(hold);
        put("90d", "{}");
        maintain("exchanges_2025_01", "exchanges_2025_02", "exchanges_2025_03");

        // Then
        assertThat(RunningConsole.json(console.post(PREVIEW, terms)).path("parts"))
                .isEmpty();
    }

    @Test
    void previewCountsRecordsAsFarAsTheDatabaseHas() {
        // Given
        part("2024-01-01");
        record("2024-01-14", "acme");
        record("2024-01-15", "acme");
        sql().execute("analyze audit.exchanges_2024_01");

        // When
        var preview = RunningConsole.json(console.post(PREVIEW, "{\"retention\": \"500d\", \"organizations\": {}}"));

        // Then
        assertThat(preview.path("records").asLong()).isEqualTo(2);
        assertThat(preview.at("/parts/0/records").asLong()).isEqualTo(2);
    }

    @Test
    void shorterTermDropsAtTheNextRunWhatNoHoldKeeps() {
        // Given
        part("2025-05-01");
        part("2025-06-01");
        record("2025-05-14", "acme");
        record("2025-06-14", "acme");
        var hold = hold("2025-06-14");
        maintenance().run();
        assertThat(parts()).contains("exchanges_2025_05", "exchanges_2025_06");

        // When
        put("90d", "{}");
        maintain("exchanges_2025_05");

        // Then
        assertThat(parts()).contains("exchanges_2025_06");
        assertThat(console.eventDetails("exchanges_2025_05"))
                .singleElement()
                .asString()
                .contains("reason=older than the retention, records=1");

        // When
        release(hold);
        maintain("exchanges_2025_06");

        // Then
        assertThat(console.eventDetails("exchanges_2025_06")).hasSize(1);
    }

    @Test
    void longerTermHoldsForAMaintenanceThatHasLookedAlready() {
        // Given
        part("2025-08-01");
        record("2025-08-14", "law");
        var maintenance = maintenance();
        put("90d", "{\"acme\": \"forever\"}");
        sql().transaction(other -> {
            other.dsl().execute("select audit.lock_parts()");
            maintenance.run();
        });
        assertThat(parts()).contains("exchanges_2025_08");

        // When
        put("90d", "{\"law\": \"forever\"}");
        maintenance.run();

        // Then
        assertThat(parts()).contains("exchanges_2025_08");

        // When
        put("90d", "{}");
        maintain("exchanges_2025_08");

        // Then
        assertThat(parts()).doesNotContain("exchanges_2025_08");
    }

    private static HttpResponse<String> put(String usual, String organizations) {
        return console.send(
                "PUT",
                RETENTION,
                "application/json",
                "{\"retention\": \"%s\", \"organizations\": %s, \"reason\": \"ticket 7\"}"
                        .formatted(usual, organizations));
    }

    private static HttpResponse<String> send(String tag, String usual) {
        return console.send(console.request(RETENTION)
                .header("If-Match", tag)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(
                        "{\"retention\": \"%s\", \"organizations\": {}, \"reason\": \"r\"}".formatted(usual))));
    }

    private static int status(String token, String method, String path, String body) {
        return console.send(HttpRequest.newBuilder(console.uri(path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body)))
                .statusCode();
    }

    private static String tag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    private static String hold(String day) {
        var placed = console.post(
                "/api/v1/audit/holds",
                "{\"from\": \"%sT00:00:00Z\", \"to\": \"%sT01:00:00Z\", \"reason\": \"r\"}".formatted(day, day));
        assertThat(placed.statusCode()).isEqualTo(201);
        return RunningConsole.json(placed).path("id").asString();
    }

    private static void release(String hold) {
        console.send(
                console.request("/api/v1/audit/holds/" + hold + "?reason=r").DELETE());
    }

    /// Works until these parts are gone: the console's own maintenance may be in the way.
    private static void maintain(String... parts) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            maintenance().run();
            assertThat(parts()).doesNotContain(parts);
        });
    }

    private static Maintenance maintenance() {
        return MaintenanceAlone.on(console.database(), StorageSettings.usual(), KEY);
    }

    private static List<String> parts() {
        return RunningConsole.json(console.get("/api/v1/audit/storage"))
                .path("items")
                .valueStream()
                .map(RetentionApiTest::name)
                .toList();
    }

    private static String name(JsonNode part) {
        return part.path("name").asString();
    }

    private static void part(String month) {
        sql().execute("select audit.add_partition(?::date)", month);
    }

    private static void record(String time, String organization) {
        sql().execute(
                        "insert into audit.exchanges (id, occurred_at, replica, organization, decision, outcome)"
                                + " values (gen_random_uuid(), ?::timestamptz, 'r', ?, 'allowed', 'succeeded')",
                        time,
                        organization);
    }

    private static DSLContext sql() {
        return DSL.using(console.database().dataSource(), SQLDialect.POSTGRES);
    }
}

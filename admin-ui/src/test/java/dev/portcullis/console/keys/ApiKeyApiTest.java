package dev.portcullis.console.keys;

import static dev.portcullis.database.gateway.Tables.API_KEYS;
import static dev.portcullis.database.gateway.Tables.DATA_KEYS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.secrets.ApiKey;
import dev.portcullis.secrets.KeyHasher;
import dev.portcullis.secrets.MasterKey;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

class ApiKeyApiTest {
    private final RunningConsole console = RunningConsole.shared();

    @BeforeAll
    static void publish() {
        var console = RunningConsole.shared();
        console.send("PUT", "/api/v1/policy/draft", "application/yaml", RunningConsole.DOCUMENT.formatted("keys"));
        console.post("/api/v1/policy/publish", "{\"comment\": \"for keys\"}");
    }

    @Test
    void keyIsShownOnceAndKeptAsAHash() throws Exception {
        // When
        var made = console.post(
                "/api/v1/api-keys",
                "{\"name\": \"ci\", \"routes\": [\"port-eu\"], \"groups\": [\"bots\"], \"networks\": [\"10.0.0.0/8\"],"
                        + " \"expiresAt\": \""
                        + OffsetDateTime.now(ZoneOffset.UTC).plusYears(1) + "\"}");

        // Then
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.headers().firstValue("cache-control")).contains("no-store");
        var text = RunningConsole.json(made).path("key").asString();
        var key = ApiKey.parse(text).orElseThrow();
        var listed = console.get("/api/v1/api-keys").body();
        assertThat(listed)
                .contains("\"name\":\"ci\"", key.prefix(), "\"bots\"", "10.0.0.0/8")
                .doesNotContain(text, "hash");
        var sql = DSL.using(console.database().dataSource(), SQLDialect.POSTGRES);
        var row = sql.fetchSingle(API_KEYS, API_KEYS.NAME.eq("ci"));
        var dataKey = MasterKey.read(RunningConsole.MASTER_KEY)
                .decrypt(sql.fetchSingle(DATA_KEYS).getWrapped(), MasterKey.dataKey("api_keys"));
        assertThat(new KeyHasher(dataKey).matches(key, Optional.of(row.getHash())))
                .isTrue();
        assertThat(console.events("api_key.created")).contains("token:first api_key.created");
        assertThat(everythingIn("gateway.api_keys") + everythingIn("audit.admin_events"))
                .doesNotContain(text);
    }

    @Test
    void nameIsFreeAgainOnceItsKeyIsRevoked() {
        // Given
        var body = "{\"name\": \"again\"}";
        var first = RunningConsole.json(console.post("/api/v1/api-keys", body));
        assertThat(first.has("routes")).isFalse();
        assertThat(console.post("/api/v1/api-keys", body).statusCode()).isEqualTo(409);
        var before = console.events("api_key.revoked").size();

        // When
        var path = "/api/v1/api-keys/" + first.path("id").asString();
        var revoked = console.send(console.request(path).DELETE());

        // Then
        assertThat(revoked.statusCode()).isEqualTo(204);
        assertThat(console.send(console.request(path).DELETE()).statusCode()).isEqualTo(204);
        assertThat(console.get("/api/v1/api-keys").body())
                .doesNotContain(first.path("id").asString());
        assertThat(console.get("/api/v1/api-keys?all=true").body())
                .contains(first.path("id").asString(), "\"revokedBy\":\"token:first\"");
        assertThat(console.post("/api/v1/api-keys", body).statusCode()).isEqualTo(201);
        assertThat(console.events("api_key.revoked")).hasSize(before + 1);
    }

    @Test
    void whatIsNamedTwiceIsKeptOnce() {
        // When
        var made = console.post(
                "/api/v1/api-keys",
                "{\"name\": \"twice\", \"routes\": [\"port-eu\", \"port-eu\"], \"groups\": [\"bots\", \"bots\"],"
                        + " \"networks\": [\"10.0.0.0/8\", \"10.0.0.0/8\"]}");

        // Then
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        var row = DSL.using(console.database().dataSource(), SQLDialect.POSTGRES)
                .fetchSingle(API_KEYS, API_KEYS.NAME.eq("twice"));
        assertThat(row.getRoutes()).containsExactly("port-eu");
        assertThat(row.getGroups()).containsExactly("bots");
        assertThat(row.getNetworks()).containsExactly("10.0.0.0/8");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                        | name: (expected)
            {"name": "A b"}                                           | name: A b (expected: lower case
            {"name": "x", "routes": []}                               | routes: [] (expected
            {"name": "x", "routes": ["nowhere"]}                      | routes: nowhere (expected: routes of the policy in force: port-eu)
            {"name": "x", "networks": ["10.0.0.1/8"]}                 | networks: 10.0.0.1/8 (expected: CIDR notation such as 10.0.0.0/8)
            {"name": "x", "groups": [" "]}                            | groups:
            {"name": "x", "expiresAt": "2020-01-01T00:00:00Z"}        | expiresAt: 2020-01-01T00:00Z (expected: a time to come)
            {"name": "x", "expiresAt": "soon"}                        | expiresAt: soon (expected: a time such as 2027-01-31T00:00:00Z)
            {"name": "x", "expiresAt": "2027-01-31"}                  | expiresAt: 2027-01-31 (expected: a time such as
            {"name": "x", "expiresAt": 1800000000}                    | expiresAt: 1800000000 (expected: a time such as
            {"name": "x", "expiresAt": "2999-01-01T00:00:00Z"}        | expiresAt: 2999-01-01T00:00Z (expected: within ten years, or no end)
            {"name": "x", "expiresAt": "+999999999-01-01T00:00:00Z"}  | expiresAt: +999999999-01-01T00:00Z (expected: within ten years
            """)
    void whatIsWrongIsNamed(String body, String problem) {
        var refused = console.post("/api/v1/api-keys", body);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(RunningConsole.json(refused).path("detail").asString()).startsWith(problem);
    }

    @Test
    void keysComeInPages() {
        // Given
        for (var name : List.of("paged-b", "paged-a", "paged-c")) {
            console.post("/api/v1/api-keys", "{\"name\": \"" + name + "\", \"groups\": [\"paged\"]}");
        }

        // When
        var first = RunningConsole.json(console.get("/api/v1/api-keys?q=paged&limit=2"));
        var second = RunningConsole.json(console.get(
                "/api/v1/api-keys?q=paged&limit=2&cursor=" + first.path("next").asString()));

        // Then
        assertThat(first.path("items").valueStream().map(key -> key.path("name").asString()))
                .containsExactly("paged-a", "paged-b");
        assertThat(second.path("items")
                        .valueStream()
                        .map(key -> key.path("name").asString()))
                .containsExactly("paged-c");
        assertThat(second.has("next")).isFalse();
        assertThat(console.get("/api/v1/api-keys?q=paged&cursor=nonsense").statusCode())
                .isEqualTo(400);
    }

    @Test
    void keyThatEndsSoonIsFoundByItsState() {
        // Given
        var soon = OffsetDateTime.now(ZoneOffset.UTC).plusDays(13);
        var later = soon.plusDays(30);
        console.post("/api/v1/api-keys", "{\"name\": \"soon\", \"expiresAt\": \"" + soon + "\"}");
        console.post("/api/v1/api-keys", "{\"name\": \"later\", \"expiresAt\": \"" + later + "\"}");

        // When
        var expiring = console.get("/api/v1/api-keys?state=expiring").body();

        // Then
        assertThat(expiring).contains("\"soon\"").doesNotContain("\"later\"");
        assertThat(console.get("/api/v1/api-keys?state=ended").body()).doesNotContain("\"soon\"");
        assertThat(console.get("/api/v1/api-keys?state=lost").statusCode()).isEqualTo(400);
    }

    @Test
    void keyIsFoundByItsRouteAndItsBeginning() {
        // Given
        var made = RunningConsole.json(
                console.post("/api/v1/api-keys", "{\"name\": \"routed\", \"routes\": [\"port-eu\"]}"));
        var whole = made.path("key").asString();

        // Then
        assertThat(console.get("/api/v1/api-keys?q=" + whole).body()).contains("\"routed\"");
        assertThat(console.get("/api/v1/api-keys?q=routed&route=port-eu").body())
                .contains("\"routed\"");
        assertThat(console.get("/api/v1/api-keys?q=routed&route=port-us").body())
                .doesNotContain("\"routed\"");
    }

    @Test
    void reasonOfARevocationIsOnRecord() {
        // Given
        var id = RunningConsole.json(console.post("/api/v1/api-keys", "{\"name\": \"leaked\"}"))
                .path("id")
                .asString();

        // When
        var revoked = console.send(console.request("/api/v1/api-keys/" + id + "?reason=found+in+a+repository")
                .DELETE());

        // Then
        assertThat(revoked.statusCode()).isEqualTo(204);
        assertThat(console.eventDetails("leaked")).last().asString().contains("reason=found in a repository");
    }

    @Test
    void wholeKeyInAFilterIsCutToItsBeginning() {
        var key = ApiKey.generate();
        assertThat(new ApiKeyFilter(Optional.of(key.reveal()), Optional.empty(), ApiKeyFilter.Standing.ALL).text())
                .contains("pck_" + key.prefix());
    }

    @Test
    void unknownKeyIsNotFound() {
        assertThat(console.send(console.request("/api/v1/api-keys/" + UUID.randomUUID())
                                .DELETE())
                        .statusCode())
                .isEqualTo(404);
    }

    private String everythingIn(String table) {
        return DSL.using(console.database().dataSource(), SQLDialect.POSTGRES)
                .fetch("select * from " + table)
                .toString();
    }
}

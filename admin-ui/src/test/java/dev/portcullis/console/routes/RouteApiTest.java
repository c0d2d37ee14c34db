package dev.portcullis.console.routes;

import static dev.portcullis.database.audit.Tables.EXCHANGES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.access.Roles;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

class RouteApiTest {
    private static final String HEADER =
            "{\"kind\": \"header\", \"settings\": {\"upstreams\": [\"%s\"], \"header\": \"X-Key\"}, \"secret\": \"%s\"}";
    private static final RunningConsole CONSOLE = new RunningConsole();

    @BeforeAll
    static void publish() {
        CONSOLE.send("PUT", "/api/v1/policy/draft", "application/yaml", """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  quiet:
                    upstream: sandbox
                    authentication: open
                  fits:
                    upstream: https://mcp.example.com/mcp
                    authentication: gateway
                    credential: fits
                    hosts: [mcp.example.com]
                  elsewhere:
                    upstream: https://mcp.example.com/mcp
                    authentication: gateway
                    credential: elsewhere
                  missing:
                    upstream: https://mcp.example.com/mcp
                    authentication: gateway
                    credential: missing
                rules: []
                """);
        var published = CONSOLE.post("/api/v1/policy/publish", "{\"comment\": \"routes\"}");
        assertThat(published.statusCode()).as(published.body()).isEqualTo(201);
        put("fits", HEADER.formatted("https://mcp.example.com", "s"));
        put("elsewhere", HEADER.formatted("https://other.example.com", "s"));
    }

    @AfterAll
    static void stop() {
        CONSOLE.close();
    }

    @Test
    void routeSaysWhetherItsCredentialCanBeShown() {
        var routes = CONSOLE.getAs(CONSOLE.tokenWith(Roles.VIEWER), "/api/v1/routes");
        assertThat(routes.statusCode()).as(routes.body()).isEqualTo(200);
        var items = RunningConsole.json(routes).path("items");
        assertThat(items.valueStream().map(route -> route.path("name").asString()))
                .containsExactly("quiet", "fits", "elsewhere", "missing");
        assertThat(items.valueStream().map(route -> route.path("credentialFit").asString()))
                .containsExactly("none", "fits", "other_upstream", "missing");
        assertThat(items.path(1).path("upstream").asString()).isEqualTo("https://mcp.example.com/mcp");
        assertThat(items.path(1).at("/hosts/0").asString()).isEqualTo("mcp.example.com");
    }

    @Test
    void healthIsWhatReplicasRecordedOfLate() {
        // Given
        var now = OffsetDateTime.now(ZoneOffset.UTC);
        exchange("fits", "upstream_failed", "replica-2", now.minusHours(1));
        exchange("elsewhere", "succeeded", "replica-1", now.minusMinutes(3));
        exchange("elsewhere", "upstream_failed", "replica-2", now.minusMinutes(2));
        exchange("elsewhere", "denied", "replica-1", now.minusMinutes(1));
        exchange("missing", "upstream_failed", "replica-1", now.minusMinutes(3));
        exchange("missing", "tool_error", "replica-1", now.minusMinutes(2));

        // When
        var health = RunningConsole.json(CONSOLE.get("/api/v1/routes")).path("items");

        // Then
        assertThat(state(health, 0)).isEqualTo("unknown");
        assertThat(state(health, 1)).isEqualTo("unknown");
        assertThat(state(health, 2)).isEqualTo("fails");
        assertThat(health.path(2).at("/health/failingReplicas/0").asString()).isEqualTo("replica-2");
        assertThat(health.path(2).at("/health/answered").asInt()).isEqualTo(1);
        assertThat(state(health, 3)).isEqualTo("unsteady");
    }

    @Test
    void credentialThatARouteNeedsIsNotDeletedAsUnused() {
        put("spare", HEADER.formatted("https://mcp.example.com", "s"));

        assertThat(delete("fits").statusCode()).isEqualTo(409);
        assertThat(RunningConsole.json(delete("fits")).path("detail").asString())
                .startsWith("The credential fits is needed by fits");
        assertThat(delete("spare").statusCode()).isEqualTo(204);
        assertThat(delete("spare").statusCode()).isEqualTo(404);
    }

    @Test
    void secretIsReplacedAndTheRestStays() {
        // Given
        put("turning", HEADER.formatted("https://mcp.example.com", "first"));

        // When
        var rotated = CONSOLE.send(
                "PUT",
                "/api/v1/credentials/turning/secret",
                "application/json",
                "{\"secret\": \"second\", \"revision\": 1}");

        // Then
        assertThat(rotated.statusCode()).as(rotated.body()).isEqualTo(200);
        assertThat(rotated.body()).contains("\"revision\":2", "X-Key").doesNotContain("second");
        assertThat(CONSOLE.eventDetails("turning"))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("credential.set {before=")
                .doesNotContain("second");
    }

    @Test
    void secondOfTwoWhoRotateIsTold() {
        put("contested", HEADER.formatted("https://mcp.example.com", "first"));
        var body = "{\"secret\": \"s\", \"revision\": 1}";
        var path = "/api/v1/credentials/contested/secret";

        assertThat(CONSOLE.send("PUT", path, "application/json", body).statusCode())
                .isEqualTo(200);
        assertThat(CONSOLE.send("PUT", path, "application/json", body).statusCode())
                .isEqualTo(409);
        assertThat(CONSOLE.send("PUT", path.replace("contested", "nobody"), "application/json", body)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void addingReplacesNothing() {
        var body = HEADER.formatted("https://mcp.example.com", "s");
        assertThat(add("only-once", body).statusCode()).isEqualTo(200);
        assertThat(add("only-once", body).statusCode()).isEqualTo(409);
    }

    private static HttpResponse<String> add(String name, String body) {
        return CONSOLE.send(CONSOLE.request("/api/v1/credentials/" + name)
                .header("Content-Type", "application/json")
                .header("If-None-Match", "*")
                .PUT(BodyPublishers.ofString(body)));
    }

    private static void put(String name, String body) {
        var put = CONSOLE.send("PUT", "/api/v1/credentials/" + name, "application/json", body);
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    }

    private static HttpResponse<String> delete(String name) {
        return CONSOLE.send(
                CONSOLE.request("/api/v1/credentials/" + name + "?unused=true").DELETE());
    }

    private static String state(JsonNode items, int number) {
        return items.path(number).at("/health/state").asString();
    }

    private static void exchange(String route, String outcome, String replica, OffsetDateTime at) {
        DSL.using(CONSOLE.database().dataSource(), SQLDialect.POSTGRES)
                .insertInto(EXCHANGES)
                .set(EXCHANGES.ID, UUID.randomUUID())
                .set(EXCHANGES.OCCURRED_AT, at)
                .set(EXCHANGES.REPLICA, replica)
                .set(EXCHANGES.ROUTE, route)
                .set(EXCHANGES.DECISION, "allowed")
                .set(EXCHANGES.OUTCOME, outcome)
                .execute();
    }
}

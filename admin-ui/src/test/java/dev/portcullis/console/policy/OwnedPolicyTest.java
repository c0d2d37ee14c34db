package dev.portcullis.console.policy;

import static dev.portcullis.database.gateway.Tables.TOOLS;
import static dev.portcullis.database.gateway.Tables.TOOL_DEFINITIONS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.access.Roles;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;

/// A console whose policy has its home in a repository.
class OwnedPolicyTest {
    private static final String REPOSITORY = "https://git.example.com/acme/policy";

    private static RunningConsole console;

    @BeforeAll
    static void start() {
        console = new RunningConsole(new PolicyOwner.Git(URI.create(REPOSITORY)));
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @Test
    void pipelinePublishesAndItsSourceIsRemembered() {
        // Given
        var publisher = console.tokenWith(Roles.PUBLISHER);

        // When
        var response = put(publisher, "/api/v1/policy?comment=Freeze&source=4f2a9c1", document("from git"));

        // Then
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(console.get("/api/v1/policy").body()).contains("from git");
        var newest = RunningConsole.json(console.get("/api/v1/policy/versions?limit=1"))
                .at("/items/0");
        assertThat(newest.path("source").asString()).isEqualTo("4f2a9c1");
        assertThat(newest.path("comment").asString()).isEqualTo("Freeze");
        assertThat(console.events("policy.published")).isNotEmpty();
    }

    @Test
    void pipelineHasToSayItsSource() {
        var response = put(console.tokenWith(Roles.PUBLISHER), "/api/v1/policy?comment=x", document("x"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("source");
    }

    @Test
    void nobodyElseWritesAndEverybodyIsToldWhere() {
        // Given
        put(console.tokenWith(Roles.PUBLISHER), "/api/v1/policy?comment=x&source=1", document("kept"));

        // When
        var draft = put(console.token(), "/api/v1/policy/draft", document("mine"));
        var direct = put(console.token(), "/api/v1/policy?comment=x&source=2", document("mine"));
        var publication = console.post("/api/v1/policy/publish", "{\"comment\": \"x\"}");
        var restoration = console.post("/api/v1/policy/versions/1/restore", "");

        // Then
        for (var response : new HttpResponse<?>[] {draft, direct, publication, restoration}) {
            assertThat(response.statusCode()).isEqualTo(409);
            assertThat(String.valueOf(response.body())).contains("\"repository\":\"" + REPOSITORY + "\"");
        }
        assertThat(console.get("/api/v1/policy").body()).contains("kept");
        assertThat(console.get("/api/v1/policy/draft").body()).contains("kept");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PUT  | tools/port-eu/list_entities | {"definition": "current"}
            PUT  | tools/port-eu/list_entities | {"class": "write"}
            POST | tools/port-eu/accept        | {"tools": ["list_entities"]}
            POST | tools/port-eu/accept        | {"readOnlyClaims": true}
            POST | tools/port-eu/block         | {"tools": ["list_entities"], "reason": "x"}
            PUT  | policy/draft/modules        | {"modules": [{"path": "a.rego", "source": "package portcullis.custom"}]}
            """)
    void whatWouldWriteIntoTheDocumentDoesNot(String method, String path, String body) {
        // Given
        put(console.tokenWith(Roles.PUBLISHER), "/api/v1/policy?comment=x&source=4", document("kept"));
        listed("list_entities");
        var before = console.get("/api/v1/policy");

        // When
        var response = console.send(method, "/api/v1/" + path, "application/json", body);

        // Then
        assertThat(response.statusCode()).as(response.body()).isEqualTo(409);
        assertThat(RunningConsole.json(response).path("repository").asString()).isEqualTo(REPOSITORY);
        var after = console.get("/api/v1/policy");
        assertThat(after.body()).isEqualTo(before.body()).isEqualTo(document("kept"));
        assertThat(after.headers().firstValue("etag"))
                .isEqualTo(before.headers().firstValue("etag"));
        assertThat(console.get("/api/v1/policy/draft").body()).isEqualTo(before.body());
        assertThat(RunningConsole.json(console.get("/api/v1/policy/draft/modules"))
                        .path("modules")
                        .isEmpty())
                .isTrue();
        assertThat(RunningConsole.json(console.get("/api/v1/tools/port-eu/list_entities"))
                        .at("/definitions/0/reviewedAt")
                        .isString())
                .isFalse();
    }

    @Test
    void pipelineReadsThePolicyAndDoesNothingElse() {
        // Given
        var publisher = console.tokenWith(Roles.PUBLISHER);
        put(publisher, "/api/v1/policy?comment=x&source=3", document("read"));

        // Then
        assertThat(get(publisher, "/api/v1/policy")).isEqualTo(200);
        assertThat(get(publisher, "/api/v1/policy/versions")).isEqualTo(200);
        assertThat(get(publisher, "/api/v1/tool-calls")).isEqualTo(403);
        assertThat(get(publisher, "/api/v1/api-keys")).isEqualTo(403);
        assertThat(get(publisher, "/api/v1/admin-tokens")).isEqualTo(403);
        assertThat(put(publisher, "/api/v1/policy/draft", document("x")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void killsGoOnWorking() {
        var response = console.post("/api/v1/kills", "{\"scope\": {\"organization\": true}, \"reason\": \"incident\"}");

        assertThat(response.statusCode()).isEqualTo(201);
    }

    @Test
    void staleWriteOfThePipelineIsRefused() {
        // Given
        var publisher = console.tokenWith(Roles.PUBLISHER);
        put(publisher, "/api/v1/policy?comment=x&source=5", document("newest"));

        // When
        var response = console.send(HttpRequest.newBuilder(console.uri("/api/v1/policy?comment=x&source=6"))
                .header("Authorization", "Bearer " + publisher)
                .header("If-Match", "\"version-0\"")
                .PUT(BodyPublishers.ofString(document("older"))));

        // Then
        assertThat(response.statusCode()).isEqualTo(412);
        assertThat(RunningConsole.json(response).path("version").asLong()).isPositive();
    }

    /// As if a list of the upstream had shown the tool, which claims to change nothing.
    private static void listed(String tool) {
        var at = OffsetDateTime.parse("2026-11-23T09:00:00Z");
        var sql = DSL.using(console.database().dataSource(), SQLDialect.POSTGRES);
        sql.insertInto(TOOLS)
                .values("port-eu", tool, at, at, 1L)
                .onConflictDoNothing()
                .execute();
        sql.insertInto(TOOL_DEFINITIONS)
                .set(TOOL_DEFINITIONS.ROUTE, "port-eu")
                .set(TOOL_DEFINITIONS.TOOL, tool)
                .set(TOOL_DEFINITIONS.DEFINITION, "sha256:" + "1".repeat(64))
                .set(TOOL_DEFINITIONS.CHARACTERS, 0)
                .set(TOOL_DEFINITIONS.READ_ONLY_HINT, true)
                .set(TOOL_DEFINITIONS.FIRST_SEEN_AT, at)
                .set(TOOL_DEFINITIONS.LAST_SEEN_AT, at)
                .set(TOOL_DEFINITIONS.LISTINGS, 1L)
                .onConflictDoNothing()
                .execute();
    }

    private static HttpResponse<String> put(String token, String path, String body) {
        return console.send(HttpRequest.newBuilder(console.uri(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString(body)));
    }

    private static int get(String token, String path) {
        return console.send(HttpRequest.newBuilder(console.uri(path)).header("Authorization", "Bearer " + token))
                .statusCode();
    }

    private static String document(String message) {
        return RunningConsole.DOCUMENT.formatted(message);
    }
}

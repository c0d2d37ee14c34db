package dev.portcullis.console.policy;

import static dev.portcullis.database.gateway.Tables.LIMIT_BUCKETS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.policy.limit.LimitBucket;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

class PolicyApiTest {
    private static final String YAML = "application/yaml";

    private final RunningConsole console = RunningConsole.shared();

    @BeforeEach
    void publish() {
        putDraft(document("before"));
        assertThat(publishDraft("before").statusCode()).isEqualTo(201);
    }

    @Test
    void publishedDocumentIsGivenAsItsAuthorWroteIt() {
        var response = console.get("/api/v1/policy");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(document("before"));
        assertThat(header(response, "content-type")).startsWith(YAML);
        assertThat(header(response, "etag"))
                .isEqualTo("\"version-" + header(response, "portcullis-policy-version") + '"');
    }

    @Test
    void documentIsGivenAsJsonToo() {
        var response = console.send(console.request("/api/v1/policy").header("Accept", "application/json"));

        assertThat(RunningConsole.json(response).at("/rules/0/message").asString())
                .isEqualTo("before");
    }

    @Test
    void draftTakesTheAnswerOfGetUnchanged() {
        // Given
        var json = console.send(console.request("/api/v1/policy/draft").header("Accept", "application/json"));

        // When
        var response = console.send("PUT", "/api/v1/policy/draft", "application/json", json.body());

        // Then
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(console.get("/api/v1/policy/draft").body()).contains("message: before");
    }

    @Test
    void draftIsDiscardedByWhomHasSeenIt() {
        // Given
        putDraft(document("a bad idea"));
        var seen =
                console.get("/api/v1/policy/draft").headers().firstValue("etag").orElseThrow();
        putDraft(document("a worse idea"));

        // When
        var late = discardDraft(seen);
        var discarded = discardDraft(
                console.get("/api/v1/policy/draft").headers().firstValue("etag").orElseThrow());

        // Then
        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(discarded.statusCode()).isEqualTo(204);
        assertThat(console.get("/api/v1/policy/draft").body())
                .isEqualTo(console.get("/api/v1/policy").body())
                .doesNotContain("idea");
    }

    private HttpResponse<String> discardDraft(String seen) {
        return console.send(
                console.request("/api/v1/policy/draft").header("If-Match", seen).DELETE());
    }

    @Test
    void publicationIsInForceAndRecorded() {
        // Given
        putDraft(document("after"));

        // When
        var response = publishDraft("because");

        // Then
        assertThat(response.statusCode()).isEqualTo(201);
        var version = RunningConsole.json(response).path("version").asLong();
        var published = console.get("/api/v1/policy");
        assertThat(published.body()).contains("message: after");
        assertThat(header(published, "portcullis-policy-version")).isEqualTo(Long.toString(version));
        assertThat(newestVersion().path("comment").asString()).isEqualTo("because");
        assertThat(console.events("policy.published")).startsWith("token:first policy.published");
    }

    @Test
    void invalidDocumentIsRefusedWithItsErrorsAtTheirLines() {
        var response = putDraft(document("x") + "unknown: 1\n");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(header(response, "content-type")).startsWith("application/problem+json");
        var error = RunningConsole.json(response).at("/errors/0");
        assertThat(error.path("path").asString()).isEqualTo("/unknown");
        assertThat(error.path("line").asInt()).isEqualTo(12);
        assertThat(console.get("/api/v1/policy/draft").body()).doesNotContain("unknown");
    }

    @Test
    void unreadableDocumentIsABadRequest() {
        assertThat(putDraft("rules: [").statusCode()).isEqualTo(400);
        assertThat(console.send("POST", "/api/v1/policy/validate", YAML, "rules: [")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void warningsDoNotBlock() {
        var document = document("x") + "  - id: nobody\n    match: {routes: []}\n    deny: true\n";

        var response = console.send("POST", "/api/v1/policy/validate", YAML, document);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(RunningConsole.json(response).path("warnings").isEmpty()).isFalse();
    }

    @Test
    void emptyListOfRulesIsAccepted() {
        assertThat(putDraft("{\"apiVersion\": \"portcullis/v1\", \"organization\": \"acme\", \"rules\": []}")
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void staleWriteIsRefused() {
        // Given
        var read = console.get("/api/v1/policy/draft");
        putDraft(document("theirs"));

        // When
        var response = console.send(console.request("/api/v1/policy/draft")
                .header("If-Match", header(read, "etag"))
                .header("Content-Type", YAML)
                .PUT(BodyPublishers.ofString(document("mine"))));

        // Then
        assertThat(response.statusCode()).isEqualTo(412);
        assertThat(console.get("/api/v1/policy/draft").body()).contains("theirs");
    }

    @Test
    void staleWriteLearnsWhatIsInForce() {
        // Given
        var stale = header(console.get("/api/v1/policy"), "etag");
        putDraft(document("theirs"));
        var version = RunningConsole.json(publishDraft("they were faster")).path("version");

        // When
        var publication = console.send(console.request("/api/v1/policy?comment=mine")
                .header("If-Match", stale)
                .PUT(BodyPublishers.ofString(document("mine"))));
        var restoration = console.send(console.request("/api/v1/policy/versions/1/restore")
                .header("If-Match", stale)
                .POST(BodyPublishers.noBody()));
        var draftPublication = console.send(console.request("/api/v1/policy/publish")
                .header("If-Match", stale)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"comment\": \"mine\"}")));

        // Then
        for (var response : List.of(publication, restoration, draftPublication)) {
            assertThat(response.statusCode()).isEqualTo(412);
            var problem = RunningConsole.json(response);
            assertThat(problem.path("version")).isEqualTo(version);
            assertThat(problem.path("author").asString()).isEqualTo("token:first");
            assertThat(problem.path("comment").asString()).isEqualTo("they were faster");
            assertThat(problem.path("publishedAt").asString()).isNotEmpty();
            assertThat(problem.path("current").toString()).contains("\"version-" + version + "\"");
        }
        assertThat(console.get("/api/v1/policy").body()).contains("theirs");
    }

    @Test
    void documentIsPublishedBesideADraftThatHoldsOtherWork() {
        // Given
        putDraft(document("work in progress"));

        // When
        var response = console.send(console.request("/api/v1/policy?comment=why&source=abc123")
                .PUT(BodyPublishers.ofString(document("direct"))));

        // Then
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(console.get("/api/v1/policy").body()).contains("direct");
        assertThat(console.get("/api/v1/policy/draft").body()).contains("work in progress");
        assertThat(newestVersion().path("source").asString()).isEqualTo("abc123");
        assertThat(console.send(console.request("/api/v1/policy").PUT(BodyPublishers.ofString(document("x"))))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void schemaNeedsNoToken() {
        var response = console.send(HttpRequest.newBuilder(console.uri("/api/v1/policy/schema")));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "content-type")).startsWith("application/schema+json");
        assertThat(RunningConsole.json(response)
                        .at("/properties/apiVersion/const")
                        .asString())
                .isEqualTo("portcullis/v1");
    }

    @Test
    void freshWriteIsAccepted() {
        var read = console.get("/api/v1/policy/draft");

        var response = console.send(console.request("/api/v1/policy/draft")
                .header("If-Match", header(read, "etag"))
                .PUT(BodyPublishers.ofString(document("mine"))));

        assertThat(response.statusCode()).isEqualTo(204);
    }

    @Test
    void earlierVersionIsRestoredAsANewOne() {
        // Given
        var earlier = newestVersion().path("version").asLong();
        putDraft(document("mistake"));
        publishDraft("oops");

        // When
        var response = console.post("/api/v1/policy/versions/" + earlier + "/restore", "");

        // Then
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(RunningConsole.json(response).path("version").asLong()).isGreaterThan(earlier + 1);
        assertThat(console.get("/api/v1/policy").body()).contains("message: before");
        assertThat(console.get("/api/v1/policy/draft").body()).contains("message: before");
    }

    @Test
    void publicationNeedsAComment() {
        assertThat(publishDraft(" ").statusCode()).isEqualTo(400);
    }

    @Test
    void oneRequestIsExplained() {
        var response = console.post("/api/v1/policy/evaluate", """
                {"route": "port-eu", "tool": "upsert_entity", "arguments": {"identifier": "x"},
                 "caller": {"subject": "dana", "groups": ["developers"]}, "client": {"address": "203.0.113.7"}}
                """);

        assertThat(response.statusCode()).isEqualTo(200);
        var answer = RunningConsole.json(response);
        assertThat(answer.path("decision").asString()).isEqualTo("deny");
        assertThat(answer.at("/denials/0/rule").asString()).isEqualTo("read-only-by-default");
        assertThat(answer.at("/rules/0/refuses").asBoolean()).isTrue();
    }

    @Test
    void messageIsExplainedWithTheUrisItNames() {
        // Given
        putDraft(document("x") + "  - {id: no-pastebins, blockedDomains: [pastebin.com]}\n"
                + "  - {id: no-secrets, match: {uris: [\"file:///secret/*\"]}, deny: true}\n");

        // When
        var response = console.post("/api/v1/policy/evaluate", """
                {"policy": "draft", "route": "port-eu", "method": "subscriptions/listen",
                 "uris": ["https://pastebin.com/x", "file:///secret/y"]}
                """);

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        var answer = RunningConsole.json(response);
        assertThat(answer.at("/denials/0/rule").asString()).isEqualTo("no-pastebins");
        assertThat(answer.at("/denials/1/rule").asString()).isEqualTo("no-secrets");
        assertThat(console.post("/api/v1/policy/evaluate", "{\"route\": \"port-eu\", \"uris\": []}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void explanationSaysWhatIsLeftOfLimitsAndPaysNothing() {
        // Given
        putDraft("""
                apiVersion: portcullis/v1
                organization: acme
                routes: {port-eu: {upstream: sandbox, profile: port}}
                rules:
                  - {id: few, limit: {calls: 5, per: hour, by: route}}
                """);

        var request = "{\"policy\": \"draft\", \"route\": \"port-eu\", \"tool\": \"list_entities\"}";
        console.post("/api/v1/policy/evaluate", request);
        var full = RunningConsole.json(console.post("/api/v1/policy/evaluate", request));
        assertThat(full.path("decision").asString()).isEqualTo("allow");
        assertThat(full.at("/limits/0/rule").asString()).isEqualTo("few");
        assertThat(full.at("/limits/0/left").asLong()).isEqualTo(5);
        assertThat(full.at("/limits/0").has("fullAt")).isFalse();
        DSL.using(console.database().dataSource(), SQLDialect.POSTGRES)
                .insertInto(LIMIT_BUCKETS)
                .set(
                        LIMIT_BUCKETS.KEY,
                        new LimitBucket("acme", "few", 5, Duration.ofHours(1), List.of("route", "port-eu")).key())
                .set(LIMIT_BUCKETS.RULE, "few")
                .set(LIMIT_BUCKETS.FULL_AT, OffsetDateTime.now(ZoneOffset.UTC).plusMinutes(30))
                .execute();

        // When
        var used = RunningConsole.json(console.post("/api/v1/policy/evaluate", request));

        // Then
        assertThat(used.at("/limits/0/calls").asLong()).isEqualTo(5);
        assertThat(used.at("/limits/0/per").asString()).isEqualTo("hour");
        assertThat(used.at("/limits/0/by").asString()).isEqualTo("route");
        assertThat(used.at("/limits/0/left").asLong()).isEqualTo(2);
        assertThat(used.at("/limits/0/fullAt").asString()).isNotEmpty();
    }

    @Test
    void requestWithoutRouteCannotBeExplained() {
        assertThat(console.post("/api/v1/policy/evaluate", "{}").statusCode()).isEqualTo(400);
        assertThat(console.post(
                                "/api/v1/policy/evaluate",
                                "{\"route\": \"port-eu\", \"client\": {\"address\": \"example.org\"}}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void historyIsPaged() {
        var first = RunningConsole.json(console.get("/api/v1/policy/versions?limit=1"));

        assertThat(first.path("items").size()).isEqualTo(1);
        publishDraft("one more");
        var second = RunningConsole.json(console.get("/api/v1/policy/versions?limit=1"));
        var older = RunningConsole.json(console.get(
                "/api/v1/policy/versions?limit=1&cursor=" + second.path("next").asString()));
        assertThat(older.at("/items/0/version").asLong())
                .isEqualTo(first.at("/items/0/version").asLong());
    }

    private HttpResponse<String> putDraft(String document) {
        return console.send("PUT", "/api/v1/policy/draft", YAML, document);
    }

    private HttpResponse<String> publishDraft(String comment) {
        return console.post("/api/v1/policy/publish", "{\"comment\": \"" + comment + "\"}");
    }

    private tools.jackson.databind.JsonNode newestVersion() {
        return RunningConsole.json(console.get("/api/v1/policy/versions?limit=1"))
                .at("/items/0");
    }

    private static String document(String message) {
        return RunningConsole.DOCUMENT.formatted(message);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}

package dev.portcullis.console.policytests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

class PolicyTestApiTest {
    private static final String PATH = "/api/v1/policy/tests";
    private static final String WRITES =
            "{\"when\": {\"call\": \"upsert_entity\", \"groups\": [\"platform\"]}, \"then\": {\"allowed\": true}}";
    private static final String READS = "{\"when\": {\"call\": \"list_entities\"}, \"then\": {\"allowed\": true}}";
    private static final String DOCUMENT = RunningConsole.DOCUMENT.formatted("Ask us.");

    private static RunningConsole console;

    @BeforeAll
    static void start() {
        console = new RunningConsole();
        console.send("PUT", "/api/v1/policy?comment=x", "application/yaml", DOCUMENT);
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @AfterEach
    void putBack() {
        RunningConsole.json(console.get(PATH))
                .path("items")
                .forEach(test -> console.send(
                        "DELETE",
                        PATH + "/" + test.path("name").asString().replace(" ", "%20"),
                        "application/json",
                        ""));
        publish();
    }

    @Test
    void publicationIsRefusedWithEveryCaseThatFailsAndEveryRulesReason() {
        // Given
        save("platform-writes", WRITES);
        save("everybody-reads", READS);

        // When
        var published = publish();

        // Then
        assertThat(published.statusCode()).isEqualTo(422);
        var failed = RunningConsole.json(published).path("failed");
        assertThat(failed.size()).isEqualTo(1);
        var test = failed.path(0);
        assertThat(test.path("name").asString()).isEqualTo("platform-writes");
        assertThat(test.path("expected").toString()).isEqualTo("{\"allowed\":true}");
        assertThat(test.path("got").asString()).isEqualTo("deny");
        assertThat(test.path("refusedBy").toString()).isEqualTo("[\"read-only-by-default\"]");
        assertThat(test.at("/differences/0").asString()).contains("expected allowed", "read-only-by-default");
        assertThat(test.at("/rules/0/says").asString()).contains("refuses (readOnly, enforce) because of write");
    }

    @Test
    void documentThatDecidesAsTheTestsSayIsPublished() {
        // Given
        save("platform-writes", WRITES);
        var document = DOCUMENT.replace("readOnly: true", "readOnly: true\n    except: {groups: [platform]}");

        // When
        var published = console.send("PUT", "/api/v1/policy?comment=x", "application/yaml", document);

        // Then
        assertThat(published.statusCode()).as(published.body()).isEqualTo(201);
    }

    @Test
    void testThatDoesNotGateIsToldOfAndLetsPublish() {
        // Given
        save("one-day", WRITES.replaceFirst("\\{", "{\"notGating\": \"not before May\", "));

        // When
        var report = RunningConsole.json(console.post(PATH + "/run", "{\"policy\": \"published\"}"));

        // Then
        assertThat(report.path("failed").asInt()).isEqualTo(1);
        assertThat(report.path("blocking").asInt()).isZero();
        assertThat(report.at("/results/0/notGating").asString()).isEqualTo("not before May");
        assertThat(publish().statusCode()).isEqualTo(201);
    }

    @Test
    void testsAreRunAgainstADocumentThatCameAlong() {
        // Given
        save(
                "visible",
                "{\"when\": {\"list\": [\"list_entities\", \"upsert_entity\"]}, \"then\": {\"visible\":"
                        + " [\"list_entities\", \"upsert_entity\"]}}");
        var open = DOCUMENT.substring(0, DOCUMENT.indexOf("rules:")).replace("\n", "\\n");

        // When
        var inForce = RunningConsole.json(console.post(PATH + "/run", "{\"policy\": \"published\"}"));
        var document = RunningConsole.json(console.post(PATH + "/run", "{\"document\": \"" + open + "\"}"));

        // Then
        assertThat(inForce.path("failed").asInt()).isEqualTo(1);
        assertThat(document.path("failed").asInt()).isZero();
        assertThat(document.path("passed").asInt()).isEqualTo(1);
    }

    @Test
    void everyVersionStaysAndASecondWriterIsTold() {
        // Given
        var first = save("versions", READS);
        save("versions", WRITES);

        // When
        var late = console.send(console.request(PATH + "/versions")
                .header("If-Match", first.headers().firstValue("ETag").orElseThrow())
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(READS)));

        // Then
        assertThat(late.statusCode()).isEqualTo(412);
        var versions =
                RunningConsole.json(console.get(PATH + "/versions/versions")).path("items");
        assertThat(versions.size()).isEqualTo(2);
        assertThat(versions.at("/0/when/call").asString()).isEqualTo("upsert_entity");
        assertThat(console.eventDetails("test versions")).last().asString().contains("before=", "after=");
    }

    @Test
    void fileOfTestsIsTakenOverAndGivenBack() {
        // When
        var imported = console.send("POST", PATH + "/import", "application/yaml", """
                title: Reads
                cases:
                  - name: everybody reads
                    when: {call: list_entities, time: 2026-11-27T10:00:00Z}
                    then: {allowed: true}
                  - when: {call: upsert_entity, address: 203.0.113.9}
                    then: {denied: [read-only-by-default]}
                """);
        var exported = console.get(PATH + "/export");
        var again = console.send("POST", PATH + "/import", "application/yaml", exported.body());

        // Then
        assertThat(imported.body()).isEqualTo("{\"written\":2}");
        assertThat(exported.body()).contains("name: everybody reads", "name: Reads 2");
        assertThat(again.body()).isEqualTo("{\"written\":0}");
        assertThat(RunningConsole.json(console.post(PATH + "/run", ""))
                        .path("passed")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void whatIsNoTestIsNotKept() {
        assertThat(save("none", "{\"when\": {\"shout\": 1}, \"then\": {\"allowed\": true}}")
                        .body())
                .contains("unknown key shout");
        assertThat(save("none", "{\"when\": {\"call\": \"x\"}, \"then\": {}}").statusCode())
                .isEqualTo(400);
        assertThat(save("run", READS).statusCode()).isEqualTo(400);
        assertThat(console.send("POST", PATH + "/import", "application/yaml", "title: x\ngiven: {}\ncases: []\n")
                        .body())
                .contains("given");
        assertThat(console.get(PATH + "/none").statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> save(String name, String test) {
        return console.send("PUT", PATH + "/" + name, "application/json", test);
    }

    private static HttpResponse<String> publish() {
        return console.send("PUT", "/api/v1/policy?comment=x", "application/yaml", DOCUMENT);
    }
}

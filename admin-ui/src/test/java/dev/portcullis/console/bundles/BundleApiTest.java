package dev.portcullis.console.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.access.Roles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

class BundleApiTest {
    private static final String BUNDLE = "/api/v1/bundles/portcullis.tar.gz";

    private final RunningConsole console = RunningConsole.shared();

    @BeforeEach
    void publish() {
        console.send("PUT", "/api/v1/policy/draft", "application/yaml", RunningConsole.DOCUMENT.formatted("bundle"));
        console.post("/api/v1/policy/publish", "{\"comment\": \"bundle\"}");
    }

    @Test
    void bundleHasARevisionAndIsNotSentTwice() {
        // When
        var first = console.get(BUNDLE);
        var tag = tag(first);
        var second = fetch(tag, "modes=snapshot");

        // Then
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("Content-Type")).hasValue("application/vnd.openpolicyagent.bundles");
        assertThat(tag).matches("\"\\d+-[0-9a-f]{12}\"");
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(tag(console.get(BUNDLE))).isEqualTo(tag);
    }

    @Test
    void killMakesAnotherRevisionAndItsReleaseTheOneBefore() {
        // Given
        var before = tag(console.get(BUNDLE));

        // When
        var kill = RunningConsole.json(
                        console.post("/api/v1/kills", "{\"scope\": {\"tools\": [\"x\"]}, \"reason\": \"test\"}"))
                .path("id")
                .asString();

        // Then
        assertThat(tag(console.get(BUNDLE))).isNotEqualTo(before);

        // When
        console.send(console.request("/api/v1/kills/" + kill).DELETE());

        // Then
        assertThat(tag(console.get(BUNDLE))).isEqualTo(before);
    }

    @Test
    void whoWaitsHearsOfAPublicationAtOnce() {
        // Given
        var before = tag(console.get(BUNDLE));

        // When
        var waiting = CompletableFuture.supplyAsync(() -> fetch(before, "modes=snapshot,delta;wait=30"));
        publish();

        // Then
        await().until(waiting::isDone);
        assertThat(waiting.join().statusCode()).isEqualTo(200);
        assertThat(tag(waiting.join())).isNotEqualTo(before);
    }

    @Test
    void whoWaitsInVainGetsTheSameBundle() {
        // Given
        var tag = tag(console.get(BUNDLE));

        // When
        var answer = fetch(tag, "wait=1");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/vnd.openpolicyagent.bundles");
        assertThat(tag(answer)).isEqualTo(tag);
    }

    @Test
    void thereIsNoOtherBundle() {
        assertThat(console.get("/api/v1/bundles/other.tar.gz").statusCode()).isEqualTo(404);
    }

    @Test
    void roleForBundlesOpensNothingElse() {
        // Given
        var token = console.tokenWith(Roles.BUNDLES);

        // Then
        assertThat(status(token, BUNDLE)).isEqualTo(200);
        assertThat(status(token, "/api/v1/policy")).isEqualTo(403);
        assertThat(status(token, "/api/v1/kills")).isEqualTo(403);
        assertThat(status("pca_wrong", BUNDLE)).isEqualTo(401);
    }

    private int status(String token, String path) {
        return console.send(HttpRequest.newBuilder(console.uri(path)).header("Authorization", "Bearer " + token))
                .statusCode();
    }

    private HttpResponse<String> fetch(String tag, String prefer) {
        return console.send(console.request(BUNDLE).header("If-None-Match", tag).header("Prefer", prefer));
    }

    private static String tag(HttpResponse<String> response) {
        return response.headers().firstValue("ETag").orElse("");
    }
}

package dev.portcullis.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

class RolesTest {
    private final RunningConsole console = RunningConsole.shared();

    @Test
    void auditorReadsEverything() {
        console.send("PUT", "/api/v1/policy/draft", "application/yaml", RunningConsole.DOCUMENT.formatted("roles"));
        var auditor = console.tokenWith(Roles.AUDITOR);

        assertThat(status(auditor, "/api/v1/tool-calls")).isEqualTo(200);
        assertThat(status(auditor, "/api/v1/tool-calls/export")).isEqualTo(200);
        assertThat(status(auditor, "/api/v1/kills")).isEqualTo(200);
        assertThat(status(auditor, "/api/v1/replicas")).isEqualTo(200);
        assertThat(status(auditor, "/api/v1/policy/draft")).isEqualTo(200);
        assertThat(status(auditor, "/api/v1/api-keys")).isEqualTo(200);
        assertThat(status(auditor, "/api/v1/credentials")).isEqualTo(200);
    }

    @Test
    void auditorChangesNothing() {
        // Given
        var auditor = console.tokenWith(Roles.AUDITOR);

        // When
        var kill = send(
                auditor,
                "POST",
                "/api/v1/kills",
                "{\"scope\": {\"organization\": true}, \"reason\": \"because I can\"}");
        var draft = send(auditor, "PUT", "/api/v1/policy/draft", RunningConsole.DOCUMENT.formatted("x"));
        var publication = send(auditor, "POST", "/api/v1/policy/publish", "{\"comment\": \"x\"}");

        var key = send(auditor, "POST", "/api/v1/api-keys", "{\"name\": \"mine\"}");
        var credential = send(
                auditor,
                "PUT",
                "/api/v1/credentials/mine",
                "{\"kind\": \"header\", \"settings\": {\"header\": \"X-Key\"}, \"secret\": \"s\"}");

        var release = send(auditor, "DELETE", "/api/v1/kills/00000000-0000-0000-0000-000000000001", "");

        // Then
        assertThat(release.statusCode()).isEqualTo(403);
        assertThat(key.statusCode()).isEqualTo(403);
        assertThat(credential.statusCode()).isEqualTo(403);
        assertThat(kill.statusCode()).isEqualTo(403);
        assertThat(kill.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
        assertThat(draft.statusCode()).isEqualTo(403);
        assertThat(publication.statusCode()).isEqualTo(403);
        assertThat(console.get("/api/v1/kills?all=true").body()).doesNotContain("because I can");
    }

    @Test
    void tokenWithoutRolesReadsNothing() {
        assertThat(status(console.tokenWith(), "/api/v1/tool-calls")).isEqualTo(403);
    }

    private int status(String token, String path) {
        return console.send(HttpRequest.newBuilder(console.uri(path)).header("Authorization", "Bearer " + token))
                .statusCode();
    }

    private HttpResponse<String> send(String token, String method, String path, String body) {
        return console.send(HttpRequest.newBuilder(console.uri(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }
}

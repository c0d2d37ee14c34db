package dev.portcullis.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest;

class AdminTokenApiTest {
    private final RunningConsole console = RunningConsole.shared();

    @BeforeEach
    void publish() {
        console.send("PUT", "/api/v1/policy?comment=c", "application/yaml", RunningConsole.DOCUMENT.formatted("x"));
    }

    @Test
    void tokenIsMadeOnceUsedAndRevoked() {
        // Given
        var made = create("{\"name\": \"pipeline\", \"roles\": [\"PUBLISHER\"]}");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("cache-control").orElse("")).contains("no-store");
        var token = RunningConsole.json(made).path("token").asString();
        assertThat(create("{\"name\": \"pipeline\", \"roles\": [\"ADMIN\"]}").statusCode())
                .isEqualTo(409);
        assertThat(status(token)).isEqualTo(200);
        var listed = console.get("/api/v1/admin-tokens");
        assertThat(listed.body()).contains("\"pipeline\"").doesNotContain(token);
        var id = RunningConsole.json(listed)
                .path("items")
                .valueStream()
                .filter(item -> item.path("name").asString().equals("pipeline"))
                .map(item -> item.path("id").asString())
                .findFirst()
                .orElseThrow();

        // When
        var revoked = console.send(console.request("/api/v1/admin-tokens/" + id).DELETE());

        // Then
        assertThat(revoked.statusCode()).isEqualTo(204);
        assertThat(status(token)).isEqualTo(401);
        assertThat(console.events("admin_token.created")).isNotEmpty();
        assertThat(console.events("admin_token.revoked")).isNotEmpty();
        assertThat(console.eventDetails("pipeline"))
                .last()
                .isEqualTo("admin_token.failed {address=127.0.0.1, times=1}");
        assertThat(console.send(console.request("/api/v1/admin-tokens/" + id).DELETE())
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void wrongNamesAndRolesAreRefused() {
        assertThat(create("{\"name\": \"A b\", \"roles\": [\"ADMIN\"]}").statusCode())
                .isEqualTo(400);
        assertThat(create("{\"name\": \"a\", \"roles\": []}").statusCode()).isEqualTo(400);
        assertThat(create("{\"name\": \"a\", \"roles\": [\"ROOT\"]}").body())
                .contains("ADMIN, APPROVER, AUDITOR, BUNDLES, EDITOR, PUBLISHER, VIEWER");
        assertThat(create("{}").statusCode()).isEqualTo(400);
        assertThat(console.send(console.request("/api/v1/admin-tokens/00000000-0000-0000-0000-000000000000")
                                .DELETE())
                        .statusCode())
                .isEqualTo(404);
    }

    private java.net.http.HttpResponse<String> create(String body) {
        return console.post("/api/v1/admin-tokens", body);
    }

    private int status(String token) {
        return console.send(HttpRequest.newBuilder(console.uri("/api/v1/policy/draft"))
                        .header("Authorization", "Bearer " + token))
                .statusCode();
    }
}

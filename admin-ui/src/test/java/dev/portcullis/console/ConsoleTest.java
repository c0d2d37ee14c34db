package dev.portcullis.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.Secret;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.util.Optional;

class ConsoleTest {
    private final RunningConsole console = RunningConsole.shared();

    @Test
    void busyPortIsOneClearSentence() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var settings = new ConsoleSettings(
                    InetAddress.getLoopbackAddress(),
                    taken.getLocalPort(),
                    new DatabaseSettings("jdbc:postgresql://127.0.0.1:1/none", "none", new Secret("none")),
                    "http://127.0.0.1:8080",
                    Optional.empty());

            assertThatThrownBy(() -> Console.start(settings))
                    .isInstanceOf(ConsoleStartException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("already in use");
        }
    }

    @Test
    void requestWithoutTokenIsAProblemDocument() {
        // When
        var response = console.send(HttpRequest.newBuilder(console.uri("/api/v1/policy")));

        // Then
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void wrongTokenIsRefused() {
        var response = console.send(HttpRequest.newBuilder(console.uri("/api/v1/policy"))
                .header("Authorization", "Bearer pca_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));

        assertThat(response.statusCode()).isEqualTo(401);
    }

    @Test
    void unknownPathIsAProblemDocument() {
        var response = console.get("/api/v1/replay");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(RunningConsole.json(response).path("status").asInt()).isEqualTo(404);
    }

    @Test
    void openApiDescribesTheRestApi() {
        var response = console.send(HttpRequest.newBuilder(console.uri("/api/openapi.json")));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(RunningConsole.json(response).path("paths").propertyNames())
                .contains("/api/v1/policy", "/api/v1/kills", "/api/v1/tool-calls/export", "/api/v1/replicas");
    }

    @Test
    void screensAskForSignIn() {
        var response = console.send(HttpRequest.newBuilder(console.uri("/tool-calls")));

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith("/sign-in"));
        assertThat(response.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(response.headers().firstValue("X-Frame-Options")).hasValue("DENY");
    }
}

package dev.portcullis.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/// How much of anybody's request the console takes.
class BodyLimitTest {
    private final RunningConsole console = RunningConsole.shared();
    private final String token = RunningConsole.json(console.post(
                    "/api/v1/admin-tokens",
                    "{\"name\": \"%s\", \"roles\": [\"BUNDLES\"]}".formatted("large-" + System.nanoTime())))
            .path("token")
            .asString();

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/policy/evaluate", "/api/v1/policy/replay", "/api/v1/kills"})
    void largeBodyOfWhoMayDoNothingIsNotReadToItsEnd(String path) {
        // Given a body that does not say how long it is
        var body = " ".repeat(BodyLimitFilter.MOST_BYTES + 1).getBytes(StandardCharsets.US_ASCII);

        // When
        var answer = console.send(HttpRequest.newBuilder(console.uri(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

        // Then
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("larger than 16777216 bytes");
    }

    @Test
    void bodyThatSaysHowLargeItIsIsNotReadAtAll() throws IOException {
        var head = "PUT /api/v1/policy/draft HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                + "Content-Type: application/yaml\r\nContent-Length: %d\r\n\r\n";
        try (var socket =
                new Socket(console.uri("/").getHost(), console.uri("/").getPort())) {
            socket.getOutputStream()
                    .write(head.formatted(token, BodyLimitFilter.MOST_BYTES + 1L)
                            .getBytes(StandardCharsets.US_ASCII));

            var answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);

            assertThat(answer).isEqualTo("HTTP/1.1 413");
        }
    }
}

package dev.portcullis.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The console's REST API, as an admin's script uses it.
public final class AdminApi {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration WITHIN = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI console;
    private final String token;

    AdminApi(URI console, String token) {
        this.console = console;
        this.token = token;
    }

    /// Writes the draft and publishes it.
    ///
    /// @return the version it became
    public long publish(String document, String comment) {
        var draft = send("PUT", "/policy/draft", "application/yaml", document);
        assertThat(draft.statusCode()).as(draft.body()).isIn(200, 204);
        var published = send("POST", "/policy/publish", "application/json", json(Map.of("comment", comment)));
        assertThat(published.statusCode()).as(published.body()).isEqualTo(201);
        return JSON.readTree(published.body()).required("version").asLong();
    }

    /// Cuts the whole organization off.
    ///
    /// @return the kill's id
    public String killEverything(String reason) {
        var body = json(Map.of("scope", Map.of("organization", true), "reason", reason));
        var answer = send("POST", "/kills", "application/json", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body()).required("id").asString();
    }

    public void release(String kill) {
        var answer = send("DELETE", "/kills/" + kill, "application/json", "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }

    /// The newest records that answer to these filters, such as `tool=list_entities`.
    public List<JsonNode> toolCalls(String filters) {
        return get("/tool-calls?" + filters).required("items").valueStream().toList();
    }

    /// The record of an exchange; it is there within a second of the exchange's end.
    public JsonNode recordOf(String exchange) {
        var answer = Awaitility.await("the record of " + exchange)
                .atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> send("GET", "/tool-calls/" + exchange, "application/json", ""),
                        found -> found.statusCode() == 200);
        return JSON.readTree(answer.body());
    }

    public JsonNode get(String path) {
        var answer = send("GET", path, "application/json", "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    /// Whatever comes of it.
    public HttpResponse<String> send(String method, String path, String contentType, String body) {
        var request = HttpRequest.newBuilder(console.resolve("/api/v1" + path))
                .timeout(WITHIN)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json, */*;q=0.5")
                .header("Content-Type", contentType)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String json(Object value) {
        return JSON.writeValueAsString(value);
    }
}

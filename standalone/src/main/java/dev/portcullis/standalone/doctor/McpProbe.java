package dev.portcullis.standalone.doctor;

import dev.portcullis.configuration.Secret;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/// Speaks MCP to an endpoint as a client would, in the version that every server knows. One thread.
final class McpProbe implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String VERSION = "2025-11-25";
    private static final JsonMapper JSON = new JsonMapper();

    private final URI endpoint;
    private final Optional<Secret> token;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /// @param token what to send as Bearer
    McpProbe(URI endpoint, Optional<Secret> token) {
        this.endpoint = endpoint;
        this.token = token;
    }

    /// An answer.
    ///
    /// @param reason the gateway's own key for why it refused
    /// @param body the message in it; missing when there is none
    record Answer(HttpResponse<String> http, Optional<String> reason, JsonNode body) {
        int status() {
            return http.statusCode();
        }

        Optional<String> header(String name) {
            return http.headers().firstValue(name);
        }
    }

    /// Begins a session.
    Answer initialize() throws IOException {
        var parameters = JSON.createObjectNode().put("protocolVersion", VERSION);
        parameters.putObject("capabilities");
        parameters.putObject("clientInfo").put("name", "portcullis-doctor").put("version", "1");
        return call("initialize", parameters, Optional.empty());
    }

    /// Asks for the first page of tools.
    Answer listTools(Optional<String> session) throws IOException {
        var ready = message("notifications/initialized", JSON.createObjectNode());
        send(request(session).POST(BodyPublishers.ofString(ready.toString())).build());
        return call("tools/list", JSON.createObjectNode(), session);
    }

    /// Any document at the same host.
    Optional<JsonNode> document(URI place) throws IOException {
        var answer = send(HttpRequest.newBuilder(place).timeout(PATIENCE).GET().build());
        return answer.statusCode() == 200 ? Optional.of(parsed(answer.body())) : Optional.empty();
    }

    @Override
    public void close() {
        http.close();
    }

    private Answer call(String method, JsonNode parameters, Optional<String> session) throws IOException {
        var body = message(method, parameters);
        var sent = ((tools.jackson.databind.node.ObjectNode) body).put("id", 1);
        var answer = send(
                request(session).POST(BodyPublishers.ofString(sent.toString())).build());
        var message = lastMessage(answer.body());
        return new Answer(
                answer,
                Optional.of(message.at("/error/data/reason").asString("")).filter(text -> !text.isEmpty()),
                message);
    }

    private static JsonNode message(String method, JsonNode parameters) {
        var message = JSON.createObjectNode().put("jsonrpc", "2.0").put("method", method);
        message.set("params", parameters);
        return message;
    }

    private HttpRequest.Builder request(Optional<String> session) {
        var request = HttpRequest.newBuilder(endpoint)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", VERSION);
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.reveal()));
        session.ifPresent(id -> request.header("Mcp-Session-Id", id));
        return request;
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// The body, or the last event of a stream.
    private static JsonNode lastMessage(String body) {
        var event = body.lastIndexOf("\ndata:");
        var only = body.startsWith("data:") ? 5 : 0;
        return parsed(event >= 0 ? body.substring(event + 6) : body.substring(only));
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }
}

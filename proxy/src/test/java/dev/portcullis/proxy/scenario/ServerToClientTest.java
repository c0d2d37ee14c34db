package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.proxy.config.Limits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// What a server sends on open streams, and what the gateway adds: requests to the client and its
/// answers, resumption, and the news that the list of tools has changed.
@Timeout(90)
class ServerToClientTest {
    private static final String INITIALIZE =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\","
                    + "\"capabilities\":{\"sampling\":{},\"roots\":{}},"
                    + "\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}}";
    private static final String INITIALIZED =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
                    + "\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}}";
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"x\"}}";
    private static final String DENY_SAMPLING =
            "rules: [{id: no-sampling, deny: true, match: {methods: [\"sampling/*\"]}}]";

    private final JsonMapper json = JsonMapper.shared();
    private static HandDrivenUpstream upstream;
    private static ProxyUnderTest proxy;
    private static String published;
    private final Map<Socket, BufferedReader> readers = new HashMap<>();
    private String session;

    @BeforeAll
    static void start() throws Exception {
        upstream = new HandDrivenUpstream();
        published = policy("rules: []");
        proxy = new ProxyUnderTest(published, Limits.defaults(), Set.of("127.0.0.1:" + upstream.port()));
    }

    @AfterAll
    static void stop() throws IOException {
        proxy.close();
        upstream.close();
    }

    @BeforeEach
    void permitEverything() {
        publish("rules: []");
    }

    @Test
    void serverAsksInTheMiddleOfACallAndGetsItsAnswer() throws Exception {
        // Given a call in a session, answered by a stream
        beginSession();
        try (var call = post(CALL);
                var server = upstream.next().beginStream()) {
            assertThat(server.request().header("mcp-session-id")).contains("S-1");

            // When the server asks
            server.message("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"sampling/createMessage\",\"params\":{}}");
            var asked = data(call);

            // Then the client can answer, and the server reads its own id
            assertThat(asked.path("method").asString()).isEqualTo("sampling/createMessage");
            assertThat(asked.path("id").asString()).startsWith("n7~");
            try (var answering =
                            post("{\"jsonrpc\":\"2.0\",\"id\":" + asked.path("id") + ",\"result\":{\"role\":\"x\"}}");
                    var answered = upstream.next()) {
                assertThat(json.readTree(answered.request().body()))
                        .isEqualTo(json.readTree("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"role\":\"x\"}}"));
                answered.accepted();
                assertThat(reader(answering).readLine()).isEqualTo("HTTP/1.1 202 Accepted");
            }
            server.message("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"content\":[]}}");
            assertThat(data(call).path("id").asInt()).isEqualTo(2);
        }
    }

    @Test
    void serverThatAsksForWhatIsForbiddenIsToldByTheGateway() throws Exception {
        // Given
        publish(DENY_SAMPLING);
        beginSession();
        try (var call = post(CALL);
                var server = upstream.next().beginStream()) {

            // When
            server.message("{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"sampling/createMessage\",\"params\":{}}");

            // Then
            try (var told = upstream.next()) {
                var error = json.readTree(told.request().body());
                assertThat(error.path("id").asString()).isEqualTo("q");
                assertThat(error.at("/error/code").asInt()).isEqualTo(403);
                assertThat(error.at("/error/message").asString()).contains("Blocked by policy", "no-sampling");
                assertThat(told.request().header("mcp-session-id")).contains("S-1");
                told.accepted();
            }
            server.message("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"content\":[],\"isError\":true}}");
            assertThat(data(call).path("id").asInt())
                    .as("the first the client sees")
                    .isEqualTo(2);
        }
    }

    @Test
    void forbiddenCapabilityIsNotToldToTheServer() throws Exception {
        publish(DENY_SAMPLING);

        try (var client = post(INITIALIZE);
                var server = upstream.next()) {
            var sent = json.readTree(server.request().body());

            assertThat(sent.at("/params/capabilities")).isEqualTo(json.readTree("{\"roots\":{}}"));
            server.answer("", INITIALIZED);
            reader(client).readLine();
        }
    }

    @Test
    void newPolicyIsAnnouncedOnTheServersOwnStream() throws Exception {
        // Given
        beginSession();
        try (var client = get("");
                var server = upstream.next().beginStream()) {
            reader(client).readLine();

            // When
            publish("rules: [{id: reads, readOnly: true}]");

            // Then
            assertThat(data(client).path("method").asString()).isEqualTo("notifications/tools/list_changed");
            server.message("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"data\":1}}");
            assertThat(data(client).path("method").asString()).isEqualTo("notifications/message");
        }
    }

    @Test
    void newPolicyIsAnnouncedToASubscriptionThatAskedForIt() throws Exception {
        // Given a subscription that the server has acknowledged without promising anything
        try (var client = listen("{\"toolsListChanged\":true}");
                var server = upstream.next().beginStream()) {
            server.message("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\","
                    + "\"params\":{\"notifications\":{}}}");
            assertThat(data(client).at("/params/notifications/toolsListChanged").asBoolean())
                    .isTrue();

            // When
            publish("rules: [{id: reads, readOnly: true}]");

            // Then
            var news = data(client);
            assertThat(news.path("method").asString()).isEqualTo("notifications/tools/list_changed");
            assertThat(news.path("params")
                            .path("_meta")
                            .path("io.modelcontextprotocol/subscriptionId")
                            .asString())
                    .isEqualTo("sub-1");
        }
    }

    @Test
    void subscriptionThatDidNotAskHearsNothingOfIt() throws Exception {
        try (var client = listen("{\"promptsListChanged\":true}");
                var server = upstream.next().beginStream()) {
            server.message("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\","
                    + "\"params\":{\"notifications\":{\"promptsListChanged\":true}}}");
            data(client);

            publish("rules: [{id: reads, readOnly: true}]");
            server.message("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/prompts/list_changed\",\"params\":{}}");

            assertThat(data(client).path("method").asString()).isEqualTo("notifications/prompts/list_changed");
        }
    }

    @Test
    void clientThatComesBackGetsTheRestFiltered() throws Exception {
        // Given a server that primes the client and hangs up
        publish("rules: [{id: reads, readOnly: true}]");
        beginSession();
        try (var call = post("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}");
                var server = upstream.next().beginStream()) {
            server.event("id: e-1\nretry: 10\ndata:");
            server.endStream();
            assertThat(lineThatBegins(call, "id:")).isEqualTo("id: e-1");
        }

        // When the client resumes
        try (var client = get("Last-Event-ID: e-1\r\n");
                var server = upstream.next().beginStream()) {
            assertThat(server.request().header("last-event-id")).contains("e-1");
            server.event(
                    "id: e-2\ndata: {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"tools\":[{\"name\":\"delete_it\"}]}}");

            // Then
            assertThat(data(client).at("/result/tools")).isEmpty();
        }
    }

    private void beginSession() throws IOException {
        try (var client = post(INITIALIZE);
                var server = upstream.next()) {
            server.answer("Mcp-Session-Id: S-1\r\n", INITIALIZED);
            session = lineThatBegins(client, "Mcp-Session-Id:")
                    .substring("Mcp-Session-Id:".length())
                    .strip();
            assertThat(session).matches("S-1!.+~.+");
        }
    }

    private Socket post(String body) throws IOException {
        return send("POST /mcp/r HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + sessionHeader()
                + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private Socket get(String headers) throws IOException {
        return send("GET /mcp/r HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n" + sessionHeader()
                + headers + "\r\n");
    }

    private Socket listen(String filter) throws IOException {
        var body =
                "{\"jsonrpc\":\"2.0\",\"id\":\"sub-1\",\"method\":\"subscriptions/listen\",\"params\":{\"notifications\":"
                        + filter + ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                        + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
        return send("POST /mcp/r HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: subscriptions/listen\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private String sessionHeader() {
        return session == null ? "" : "MCP-Protocol-Version: 2025-11-25\r\nMcp-Session-Id: " + session + "\r\n";
    }

    private Socket send(String request) throws IOException {
        var socket = proxy.connect();
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private JsonNode data(Socket socket) throws IOException {
        return json.readTree(lineThatBegins(socket, "data:").substring("data:".length()));
    }

    private String lineThatBegins(Socket socket, String prefix) throws IOException {
        var reader = reader(socket);
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith(prefix)) {
                return line;
            }
        }
        throw new AssertionError("no line begins with " + prefix);
    }

    private BufferedReader reader(Socket socket) throws IOException {
        var known = readers.get(socket);
        if (known == null) {
            known = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            readers.put(socket, known);
        }
        return known;
    }

    private static void publish(String rules) {
        var wanted = policy(rules);
        if (!wanted.equals(published)) {
            proxy.publish(wanted);
            published = wanted;
        }
    }

    private static String policy(String rules) {
        return """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  r: {upstream: "http://127.0.0.1:%d/mcp", authentication: open}
                """.formatted(upstream.port()) + rules;
    }
}

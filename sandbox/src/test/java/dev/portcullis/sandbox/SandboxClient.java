package dev.portcullis.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.sandbox.catalogue.JsonObject;
import dev.portcullis.sandbox.catalogue.Run;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// The SDK's client, connected to one path of a sandbox; its headers may change between requests.
final class SandboxClient implements AutoCloseable {

    private static final TypeRef<Map<String, Object>> OBJECT = new TypeRef<>() {};

    /// The SDK copies it for each request, so what is set here holds from the next one on.
    private final HttpRequest.Builder request = HttpRequest.newBuilder();
    private final List<ProgressNotification> progress = new CopyOnWriteArrayList<>();
    private final McpSyncClient client;

    private SandboxClient(int port, String path, Map<String, String> headers) {
        headers.forEach(request::setHeader);
        var transport = HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + port)
                .endpoint(path)
                .requestBuilder(request)
                .build();
        this.client = McpClient.sync(transport).progressConsumer(progress::add).build();
        client.initialize();
    }

    /// Where a test's sandbox listens; port 0 is a free one.
    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    static SandboxClient connect(SandboxServer server, String path) {
        return new SandboxClient(server.port(), path, Map.of());
    }

    static SandboxClient connect(SandboxServer server, String path, String token) {
        return new SandboxClient(server.port(), path, Map.of("Authorization", "Bearer " + token));
    }

    static SandboxClient connect(SandboxServer server) {
        return connect(server, "/v1");
    }

    SandboxClient header(String name, String value) {
        request.setHeader(name, value);
        return this;
    }

    McpSyncClient sdk() {
        return client;
    }

    List<ProgressNotification> progress() {
        return progress;
    }

    List<Tool> tools() {
        return client.listTools().tools();
    }

    List<String> toolNames() {
        return tools().stream().map(Tool::name).toList();
    }

    /// The document that a call which must succeed returns.
    JsonObject call(String tool, Map<String, Object> arguments) {
        var result = result(tool, arguments);
        assertThat(result.isError()).as(text(result)).isNotEqualTo(true);
        return parsed(text(result));
    }

    /// The message of a call which must fail.
    String failure(String tool, Map<String, Object> arguments) {
        var result = result(tool, arguments);
        assertThat(result.isError()).as(text(result)).isTrue();
        return text(result);
    }

    CallToolResult result(String tool, Map<String, Object> arguments) {
        return client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
    }

    JsonObject entity(String blueprint, String identifier) {
        return call("list_entities", Map.of("blueprintIdentifier", blueprint, "identifiers", List.of(identifier)))
                .objects("entities")
                .getFirst();
    }

    /// Runs an action to its end and returns the finished run.
    JsonObject run(MovingClock clock, String action, Map<String, Object> arguments) {
        var started = call(
                "run_action",
                JsonObject.of("actionIdentifier", action)
                        .mergedWith(new JsonObject(arguments))
                        .fields());
        clock.advance(Run.DURATION);
        return call("track_action_run", Map.of("runId", started.object("run").text("id", "")))
                .object("run");
    }

    @Override
    public void close() {
        client.closeGracefully();
    }

    private static String text(CallToolResult result) {
        return result.content().getFirst() instanceof TextContent text ? text.text() : "";
    }

    private static JsonObject parsed(String json) {
        try {
            return new JsonObject(McpJsonDefaults.getMapper().readValue(json, OBJECT));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}

package dev.portcullis.acceptance;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.McpHttpClientTransportAuthorizationException;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// A client built on the official Java SDK, connected to one route.
public final class JavaClient implements AutoCloseable {
    private final McpSyncClient client;

    private JavaClient(McpSyncClient client) {
        this.client = client;
    }

    /// Connects and shakes hands.
    public static JavaClient connect(URI gateway, String route) {
        return connect(gateway, route, "acceptance", Map.of());
    }

    /// @param software what the client calls itself
    /// @param headers that go with every request
    public static JavaClient connect(URI gateway, String route, String software, Map<String, String> headers) {
        var transport = HttpClientStreamableHttpTransport.builder(gateway.toString())
                .endpoint("/mcp/" + route)
                .addHttpRequestCustomizer((request, _, _, _, _) -> headers.forEach(request::setHeader))
                .build();
        var client = McpClient.sync(transport)
                .clientInfo(Implementation.builder(software, "1.0").build())
                .requestTimeout(Duration.ofSeconds(20))
                .build();
        client.initialize();
        return new JavaClient(client);
    }

    public String serverName() {
        return client.getServerInfo().name();
    }

    public List<String> toolNames() {
        return client.listTools().tools().stream().map(Tool::name).toList();
    }

    public CallToolResult call(String tool, Map<String, Object> arguments) {
        return client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
    }

    /// The text of a result's only block.
    public static String text(CallToolResult result) {
        return result.content().stream()
                .map(TextContent.class::cast)
                .map(TextContent::text)
                .findFirst()
                .orElseThrow();
    }

    /// The HTTP status that the SDK gave up on, somewhere below what it threw.
    public static int httpStatusOf(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .filter(McpHttpClientTransportAuthorizationException.class::isInstance)
                .map(McpHttpClientTransportAuthorizationException.class::cast)
                .mapToInt(refused -> refused.getResponseInfo().statusCode())
                .findFirst()
                .orElseThrow(() -> new AssertionError("an HTTP refusal is nowhere below", thrown));
    }

    /// What the gateway put into a refused call's result beside the text.
    ///
    /// @param exchange the id of the audit record
    /// @param rules what refused it
    record Denial(String exchange, List<String> rules) {
        static Denial of(CallToolResult refused) {
            var decision = (Map<?, ?>) Objects.requireNonNull(refused.meta().get("dev.portcullis/decision"));
            var rules = (List<?>) Objects.requireNonNull(decision.get("rules"));
            return new Denial(
                    String.valueOf(decision.get("exchange")),
                    rules.stream().map(String::valueOf).toList());
        }
    }

    @Override
    public void close() {
        client.close();
    }
}

package dev.portcullis.proxy.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.portcullis.proxy.differential.LenientServer;
import dev.portcullis.proxy.exchange.McpReader;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.jsonrpc.JsonRpcCodec;
import dev.portcullis.proxy.jsonrpc.JsonRpcMessage;
import dev.portcullis.proxy.jsonrpc.StrictJson;
import dev.portcullis.proxy.mcp.McpMessage;
import dev.portcullis.proxy.mcp.Requests.Reading;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Any bytes at all as the body of a request.
class JsonRpcFuzzTest {
    private static final JsonRpcCodec CODEC = new JsonRpcCodec(new StrictJson(64));
    private static final HeaderFields NO_HEADERS = new HeaderFields(List.of());

    @FuzzTest
    void read(byte[] body) {
        switch (CODEC.read(body)) {
            case JsonRpcCodec.Reading.Malformed malformed ->
                assertThat(malformed.reason()).isNotEmpty();
            case JsonRpcCodec.Reading.Read read -> understood(body, read.message());
        }
    }

    private static void understood(byte[] body, JsonRpcMessage message) {
        assertThat(new String(body, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8))
                .as("what is understood is UTF-8")
                .isEqualTo(body);
        assertThat(new String(body, StandardCharsets.UTF_8).strip())
                .as("what is understood is one object")
                .startsWith("{")
                .endsWith("}");
        assertThat(CODEC.read(body)).as("the same bytes again").isEqualTo(new JsonRpcCodec.Reading.Read(message));
        for (var server : LenientServer.all()) {
            assertThat(server.execute(body).map(LenientServer.Execution::method))
                    .as("the method, as %s reads it", server)
                    .isEqualTo(method(message));
            judged(message).ifPresent(call -> assertSameCall(server, body, call));
        }
    }

    private static void assertSameCall(LenientServer server, byte[] body, McpMessage.ToolCall call) {
        var execution = server.execute(body).orElseThrow();
        assertThat(execution.tool()).contains(call.tool());
        assertThat(execution.arguments()).isEqualTo(server.arguments(call.argumentsJson()));
    }

    private static Optional<String> method(JsonRpcMessage message) {
        return switch (message) {
            case JsonRpcMessage.Request request -> Optional.of(request.method());
            case JsonRpcMessage.Notification notification -> Optional.of(notification.method());
            case JsonRpcMessage.Response response -> Optional.empty();
        };
    }

    private static Optional<McpMessage.ToolCall> judged(JsonRpcMessage message) {
        return McpReader.read(message, NO_HEADERS) instanceof Reading.Understood understood
                        && understood.message() instanceof McpMessage.ToolCall call
                ? Optional.of(call)
                : Optional.empty();
    }
}

package dev.portcullis.standalone.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// MCP servers with little to offer, each at a path of its own, and a token endpoint that gives nothing.
final class PlayedUpstream implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String BEGIN = "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
            + "\"serverInfo\":{\"name\":\"played\",\"version\":\"1\"}}";

    private final HttpServer server;
    private final List<String> methods = new CopyOnWriteArrayList<>();

    PlayedUpstream() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/json", exchange -> mcp(exchange, false));
        server.createContext("/sse", exchange -> mcp(exchange, true));
        server.createContext("/empty", PlayedUpstream::withoutTools);
        server.createContext("/modern", PlayedUpstream::modern);
        server.createContext("/guarded", exchange -> challenge(exchange, 401));
        server.createContext("/forbidden", exchange -> challenge(exchange, 403));
        server.createContext("/html", exchange -> send(exchange, 200, "text/html", "<h1>Welcome to nginx!</h1>"));
        server.createContext("/token", exchange -> send(exchange, 401, "application/json", "{\"ok\":false}"));
        server.start();
    }

    String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    String at(String path) {
        return "http://" + authority() + path;
    }

    /// The methods that came to `/json` and `/sse`.
    List<String> methods() {
        return methods;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void mcp(HttpExchange exchange, boolean asStream) throws IOException {
        if (exchange.getRequestMethod().equals("DELETE")) {
            methods.add("DELETE");
            send(exchange, 200, "text/plain", "");
            return;
        }
        var message = message(exchange);
        methods.add(message.path("method").asString());
        exchange.getResponseHeaders().add("Mcp-Session-Id", "s-1");
        if (!message.has("id")) {
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        } else if (asStream) {
            stream(exchange, answer(message));
        } else {
            send(exchange, 200, "application/json", answer(message));
        }
    }

    /// Two pages of tools, one tool on each.
    private static String answer(JsonNode message) {
        return switch (message.path("method").asString()) {
            case "initialize" -> result(BEGIN);
            default ->
                message.at("/params/cursor").asString("").isEmpty()
                        ? result("{\"tools\":[" + tool("list_first") + "],\"nextCursor\":\"2\"}")
                        : result("{\"tools\":[" + tool("list_second") + "]}");
        };
    }

    /// A stream that says other things first, and goes on after the answer without an end.
    private static void stream(HttpExchange exchange, String answer) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        var out = exchange.getResponseBody();
        out.write(
                (": hello\n\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"info\","
                                + "\"data\":\"x\"}}\n\nevent: message\ndata: " + answer + "\n\n")
                        .getBytes(UTF_8));
        out.flush();
        try {
            while (true) {
                out.write(": still here\n\n".getBytes(UTF_8));
                out.flush();
                Thread.sleep(50);
            }
        } catch (IOException | InterruptedException e) {
            exchange.close();
        }
    }

    private static void withoutTools(HttpExchange exchange) throws IOException {
        var message = message(exchange);
        send(
                exchange,
                message.has("id") ? 200 : 202,
                "application/json",
                message.path("method").asString().equals("initialize") ? result(BEGIN) : result("{\"tools\":[]}"));
    }

    /// Knows nothing of `initialize`.
    private static void modern(HttpExchange exchange) throws IOException {
        var message = message(exchange);
        if (message.path("method").asString().equals("tools/list")) {
            send(
                    exchange,
                    200,
                    "application/json",
                    result("{\"resultType\":\"complete\",\"ttlMs\":0,\"cacheScope\":\"private\",\"tools\":["
                            + tool("list_modern") + "]}"));
        } else {
            send(
                    exchange,
                    400,
                    "application/json",
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32022,\"message\":\"Unsupported protocol version\","
                            + "\"data\":{\"supported\":[\"2026-07-28\"],\"requested\":\"2025-11-25\"}}}");
        }
    }

    private static void challenge(HttpExchange exchange, int status) throws IOException {
        if (status == 401) {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        }
        send(exchange, status, "application/json", "{\"error\":\"no\"}");
    }

    private static JsonNode message(HttpExchange exchange) throws IOException {
        return JSON.readTree(exchange.getRequestBody().readAllBytes());
    }

    private static String result(String result) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + result + "}";
    }

    private static String tool(String name) {
        return JSON.writeValueAsString(Map.of("name", name, "inputSchema", Map.of("type", "object")));
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        exchange.getRequestBody().readAllBytes();
        var body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}

package dev.portcullis.acceptance;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// An MCP server behind the gateway, as small as can be: `/mcp` lets anybody call its tools and holds
/// streams open, `/guarded` only who shows a token that the provider issued for it. More paths may be
/// added.
final class UpstreamServer implements Closeable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<String> callers = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    private UpstreamServer(HttpServer server) {
        this.server = server;
    }

    static UpstreamServer start() throws IOException {
        var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var upstream = new UpstreamServer(http);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/mcp", upstream::serve);
        http.start();
        return upstream;
    }

    String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    URI at(String path) {
        return URI.create("http://" + authority() + path);
    }

    /// Serves `/guarded` to who shows a token of this provider.
    void guard(String issuer, URI keys) throws MalformedURLException {
        var tokens = new DefaultJWTProcessor<SecurityContext>();
        var source = JWKSourceBuilder.<SecurityContext>create(keys.toURL()).build();
        tokens.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, source));
        tokens.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                at("/guarded").toString(),
                new JWTClaimsSet.Builder().issuer(issuer).build(),
                Set.of("sub", "exp")));
        server.createContext("/guarded", exchange -> {
            try {
                var shown = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
                callers.add(
                        tokens.process(shown.replaceFirst("^Bearer ", ""), null).getSubject());
            } catch (ParseException | BadJOSEException | JOSEException e) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer error=\"invalid_token\"");
                answer(exchange, 401, "");
                return;
            }
            serve(exchange);
        });
    }

    /// Answers POSTs at a path with what is made of their bodies.
    void answer(String path, int status, Function<String, String> answer) {
        server.createContext(path, exchange -> answer(exchange, status, answer.apply(read(exchange))));
    }

    /// All heads and bodies that came to the tools.
    List<String> received() {
        return List.copyOf(received);
    }

    /// Whom the tokens that came to `/guarded` named.
    List<String> callers() {
        return List.copyOf(callers);
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        var body = read(exchange);
        received.add(exchange.getRequestHeaders().entrySet() + "\n" + body);
        if (exchange.getRequestMethod().equals("GET")) {
            hold(exchange);
            return;
        }
        var message = JSON.readTree(body);
        if (!message.has("id")) {
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
            return;
        }
        answer(
                exchange,
                200,
                "{\"jsonrpc\":\"2.0\",\"id\":" + message.get("id") + ",\"result\":" + result(message) + "}");
    }

    private static String result(JsonNode message) {
        return switch (message.path("method").asString("")) {
            case "initialize" -> """
                    {"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"small","version":"1"}}""";
            case "tools/list" -> """
                    {"tools":[{"name":"look","inputSchema":{"type":"object"}},{"name":"deploy","inputSchema":{"type":"object"}}]}""";
            default -> """
                    {"content":[{"type":"text","text":"done"}]}""";
        };
    }

    private void hold(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(":\n\n".getBytes(StandardCharsets.US_ASCII));
        exchange.getResponseBody().flush();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private static String read(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}

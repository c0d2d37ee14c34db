package dev.portcullis.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.URLUtils;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// An MCP client that knows nothing of the sandbox's code, step by step, and one organization's paths.
final class OAuthVisitor implements AutoCloseable {

    static final String REDIRECT = "http://127.0.0.1:7777/callback";

    private static final String INITIALIZE = """
            {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18",
             "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}}
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final CodeVerifier verifier = new CodeVerifier();
    private final String base;
    private final String name;

    /// @param name of the organization, such as `/port-eu`; empty for the one of the short paths
    OAuthVisitor(SandboxServer server, String name) {
        this.base = "http://127.0.0.1:" + server.port();
        this.name = name;
    }

    OAuthVisitor(SandboxServer server) {
        this(server, "");
    }

    /// What a token endpoint gave.
    record Tokens(String access, String refresh) {}

    String at(String path) {
        return base + path;
    }

    String issuer() {
        return at(name + "/auth");
    }

    CodeVerifier verifier() {
        return verifier;
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    HttpResponse<String> send(String method, String path, String... headers) {
        return send(request(path, headers).method(method, BodyPublishers.noBody()));
    }

    HttpResponse<String> post(String path, String contentType, String body) {
        return send(request(path, "Content-Type", contentType).POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> register(String body) {
        return post(name + "/auth/register", "application/json", body);
    }

    /// Registers a client that keeps no secret, as MCP clients do.
    String registered() {
        var answer =
                register("{\"client_name\":\"test\",\"redirect_uris\":[\"%s\"],\"token_endpoint_auth_method\":\"none\"}"
                        .formatted(REDIRECT));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return (String) json(answer).get("client_id");
    }

    /// The usual parameters of the way to a code.
    Map<String, String> authorization(String client) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("response_type", "code");
        parameters.put("client_id", client);
        parameters.put("redirect_uri", REDIRECT);
        parameters.put("state", "st&te");
        parameters.put("code_challenge_method", "S256");
        parameters.put(
                "code_challenge",
                CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue());
        parameters.put("resource", "https://gateway.example/mcp/port-eu");
        return parameters;
    }

    HttpResponse<String> authorize(Map<String, String> parameters) {
        return get(name + "/auth/authorize?" + form(parameters));
    }

    /// The parameters that a redirect takes back to the client.
    static Map<String, List<String>> returned(HttpResponse<String> redirect) {
        assertThat(redirect.statusCode()).as(redirect.body()).isEqualTo(302);
        var location = URI.create(redirect.headers().firstValue("location").orElseThrow());
        assertThat(location.toString()).startsWith(REDIRECT + "?");
        return URLUtils.parseParameters(location.getRawQuery());
    }

    String code(String client) {
        return returned(authorize(authorization(client))).get("code").getFirst();
    }

    HttpResponse<String> token(Map<String, String> parameters, String... headers) {
        return send(request(name + "/auth/token", headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(parameters))));
    }

    HttpResponse<String> exchange(String client, String code) {
        return token(Map.of(
                "grant_type", "authorization_code",
                "client_id", client,
                "code", code,
                "redirect_uri", REDIRECT,
                "code_verifier", verifier.getValue()));
    }

    HttpResponse<String> refresh(String client, String refreshToken) {
        return token(Map.of("grant_type", "refresh_token", "client_id", client, "refresh_token", refreshToken));
    }

    HttpResponse<String> clientCredentials(String id, String secret) {
        return token(Map.of("grant_type", "client_credentials", "client_id", id, "client_secret", secret));
    }

    HttpResponse<String> portToken(String id, String secret) {
        return post(
                name + "/v1/auth/access_token",
                "application/json",
                JSONObjectUtils.toJSONString(Map.of("clientId", id, "clientSecret", secret)));
    }

    Tokens signedIn(String client) {
        return tokens(exchange(client, code(client)));
    }

    String machineToken() {
        return tokens(clientCredentials("sandbox-client", "sandbox-secret")).access();
    }

    static Tokens tokens(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var document = json(answer);
        return new Tokens((String) document.get("access_token"), (String) document.getOrDefault("refresh_token", ""));
    }

    HttpResponse<String> revoke(String client, String token) {
        return post(
                name + "/auth/revoke",
                "application/x-www-form-urlencoded",
                form(Map.of("client_id", client, "token", token)));
    }

    /// Asks the MCP endpoint without opening a session, which is a bad request to those who are let in.
    HttpResponse<String> endpoint(String authorization) {
        return get(name + "/v1", "Authorization", authorization);
    }

    /// Opens a session at the MCP endpoint with a token.
    HttpResponse<String> initialize(String token) {
        return send(request(
                        name + "/v1",
                        "Authorization",
                        "Bearer " + token,
                        "Content-Type",
                        "application/json",
                        "Accept",
                        "application/json, text/event-stream")
                .POST(BodyPublishers.ofString(INITIALIZE)));
    }

    static Map<String, Object> json(HttpResponse<String> answer) {
        try {
            assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/json");
            return JSONObjectUtils.parse(answer.body());
        } catch (ParseException broken) {
            throw new AssertionError(answer.body(), broken);
        }
    }

    /// The code of a protocol error.
    static Object error(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
        return json(answer).get("error");
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(at(path)));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}

package dev.portcullis.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.acceptance.provider.Accounts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/// A person with a browser and a program without a secret: authorization code with PKCE, from the
/// provider's discovery document on.
///
/// @param issuer where to sign in
record SignIn(String issuer) {
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");
    private static final JsonMapper JSON = JsonMapper.shared();

    /// @param resource what the token is to be good for
    String tokenOf(String person, String resource) {
        try (var browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            var provider = JSON.readTree(get(browser, URI.create(issuer + "/.well-known/openid-configuration"))
                    .body());
            var verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
            var code = code(browser, endpoint(provider, "authorization_endpoint"), verifier, person, resource);
            var asked = new LinkedHashMap<String, String>();
            asked.put("grant_type", "authorization_code");
            asked.put("client_id", Accounts.LAPTOP);
            asked.put("redirect_uri", Accounts.CALLBACK);
            asked.put("code", code);
            asked.put("code_verifier", verifier);
            asked.put("resource", resource);
            var answer = post(browser, endpoint(provider, "token_endpoint"), asked);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return JSON.readTree(answer.body()).required("access_token").asString();
        }
    }

    private static String code(HttpClient browser, URI authorization, String verifier, String person, String resource) {
        var asked = new LinkedHashMap<String, String>();
        asked.put("response_type", "code");
        asked.put("client_id", Accounts.LAPTOP);
        asked.put("redirect_uri", Accounts.CALLBACK);
        asked.put("scope", "mcp");
        asked.put("code_challenge", challenge(verifier));
        asked.put("code_challenge_method", "S256");
        asked.put("resource", resource);
        var start = URI.create(authorization + "?" + RunningProvider.form(asked));
        var login = start.resolve(location(get(browser, start)));
        var csrf = CSRF.matcher(get(browser, login).body());
        assertThat(csrf.find()).as("a form to sign in at " + login).isTrue();
        var signedIn = post(
                browser,
                login,
                Map.of("username", person, "password", Accounts.passwordOf(person), "_csrf", csrf.group(1)));
        var back = location(get(browser, start.resolve(location(signedIn))));
        assertThat(back).startsWith(Accounts.CALLBACK);
        var code = CODE.matcher(back);
        assertThat(code.find()).as(back).isTrue();
        return code.group(1);
    }

    private static HttpResponse<String> get(HttpClient browser, URI address) {
        var request = HttpRequest.newBuilder(address).header("Accept", "text/html, */*");
        return send(browser, request.build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(HttpClient browser, URI address, Map<String, String> form) {
        var request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(RunningProvider.form(form)));
        return send(browser, request.build(), BodyHandlers.ofString());
    }

    static <T> HttpResponse<T> send(HttpClient http, HttpRequest request, BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw new AssertionError(request.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String location(HttpResponse<?> response) {
        assertThat(response.statusCode()).as(response.toString()).isEqualTo(302);
        return response.headers().firstValue("Location").orElseThrow();
    }

    private static URI endpoint(JsonNode provider, String name) {
        return URI.create(provider.required(name).asString());
    }

    private static String challenge(String verifier) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

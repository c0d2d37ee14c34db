package dev.portcullis.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;

/// What an admin does with secrets at the console, well and badly.
record ConsoleTour(Gateway gateway, UpstreamServer upstream, Sightings sightings) {
    private static final String ANSWERS = "answers of the console";
    private static final String JSON = "application/json";

    void publishRoutes() {
        gateway.api().publish("""
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  keyed: {upstream: "%1$s", authentication: gateway, credential: fixed}
                  port: {upstream: "%1$s", authentication: gateway, credential: port}
                  oauth: {upstream: "%1$s", authentication: gateway, credential: oauth}
                  refusing: {upstream: "%1$s", authentication: gateway, credential: refusing}
                  echoing: {upstream: "%1$s", authentication: gateway, credential: echoing}
                  passing: {upstream: "%1$s", authentication: passthrough}
                rules:
                  - {id: no-secrets, deniedTools: ["denied-*"]}
                """.formatted(upstream.at("/mcp")), "for secrets");
    }

    /// One for each of these routes. The token endpoints issue tokens, refuse, and answer with what they were
    /// sent.
    void setCredentials() {
        var ofPort = sightings.newSecret("token of Port");
        var ofOauth = sightings.newSecret("token of OAuth");
        upstream.answer("/port", 200, body -> "{\"accessToken\":\"" + ofPort + "\",\"expiresIn\":9}");
        upstream.answer("/oauth", 200, body -> "{\"access_token\":\"" + ofOauth + "\",\"expires_in\":9}");
        upstream.answer(
                "/refusing", 401, body -> "{\"error\":\"invalid_client\",\"error_description\":\"" + body + "\"}");
        upstream.answer("/echoing", 200, body -> "You sent " + body);
        set("fixed", "header", "\"header\":\"X-Upstream-Key\"", "static header");
        set("port", "port", endpoint("/port"), "secret at Port");
        for (var name : List.of("oauth", "refusing", "echoing")) {
            set(name, "client_credentials", endpoint("/" + name), "client secret " + name);
        }
    }

    /// With a wrong password, with the password for a name, and as it should be.
    void signIn() {
        var password = gateway.firstPassword().orElseThrow();
        var cookies = new CookieManager();
        try (var browser = HttpClient.newBuilder().cookieHandler(cookies).build()) {
            for (var form : List.of(
                    Map.of("username", "admin", "password", password + "x"),
                    Map.of("username", password, "password", "admin"),
                    Map.of("username", "admin", "password", password))) {
                var request = HttpRequest.newBuilder(gateway.console().resolve("/sign-in"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(RunningProvider.form(form)));
                var answer = SignIn.send(browser, request.build(), BodyHandlers.ofString());
                sightings.see(ANSWERS, answer.body());
            }
            var page = HttpRequest.newBuilder(gateway.console()).build();
            assertThat(SignIn.send(browser, page, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
            assertThat(cookies.getCookieStore().getCookies()).isNotEmpty();
            cookies.getCookieStore().getCookies().stream()
                    .map(HttpCookie::getValue)
                    .forEach(value -> sightings.secret("session cookie", value));
        }
    }

    /// A secret in every place of an order that is not its own, and an admin token that is not right or in a
    /// query.
    void makeMistakes(String adminToken) {
        var secret = sightings.newSecret("secret in the wrong place");
        var quoted = "\"" + secret + "\"";
        var upstreams = ",\"upstreams\":[\"https://x\"]}";
        var right = "{\"header\":\"X-Key\"" + upstreams;
        for (var order : List.of(
                order("header", right, secret),
                order("header", right, "[" + quoted + "]"),
                order("header", right, "\"\\n" + secret + "\""),
                order("header", quoted, quoted),
                order("header", "{\"header\":\"X-Key\",\"upstreams\":" + quoted + "}", quoted),
                order("header", "{\"header\":\"X-Key\",\"upstreams\":[\"https://u:" + secret + "@x\"]}", quoted),
                order("header", "{\"header\":\"X-Key: " + secret + "\"" + upstreams, quoted),
                order("port", "{\"endpoint\":\"https://u:" + secret + "@x\",\"clientId\":\"c\"" + upstreams, quoted),
                order("port", "{\"endpoint\":\"https://x\",\"clientId\":[" + quoted + "]" + upstreams, quoted))) {
            for (var type : List.of(JSON, "text/plain")) {
                var answer = gateway.api().send("PUT", "/credentials/x", type, order);
                assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
                sightings.see(ANSWERS, answer.body());
            }
        }
        var stranger = new AdminApi(gateway.console(), Sightings.altered(adminToken));
        sightings.see(ANSWERS, stranger.send("GET", "/policy", JSON, "").body());
        sightings.see(
                ANSWERS,
                stranger.send("GET", "/policy?access_token=" + adminToken, JSON, "")
                        .body());
    }

    private void set(String name, String kind, String settings, String secret) {
        var shownTo = ",\"upstreams\":[\"" + upstream.at("") + "\"]}";
        var order = order(kind, "{" + settings + shownTo, "\"" + sightings.newSecret(secret) + "\"");
        var answer = gateway.api().send("PUT", "/credentials/" + name, JSON, order);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        sightings.see(ANSWERS, answer.body());
    }

    private String endpoint(String path) {
        return "\"endpoint\":\"" + upstream.at(path) + "\",\"clientId\":\"somebody\"";
    }

    private static String order(String kind, String settings, String secret) {
        return "{\"kind\":\"" + kind + "\",\"settings\":" + settings + ",\"secret\":" + secret + "}";
    }
}

package dev.portcullis.console.overview;

import tools.jackson.databind.json.JsonMapper;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Opens screens as a browser does, but for drawing them: the page, the session's user interface, and the answer with
/// the screen's content. What it takes from the first to the last is the server's part of the time to first content.
final class ScreenClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI console;
    private final String cookie;

    ScreenClient(URI console, String username, String password) {
        this.console = console;
        var response = send(HttpRequest.newBuilder(console.resolve("/sign-in"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=" + encoded(username) + "&password=" + encoded(password))));
        if (!response.headers().firstValue("location").orElse("").endsWith("/")) {
            throw new IllegalStateException("not signed in: " + response + " " + response.headers());
        }
        this.cookie = response.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
    }

    /// A tab that shows a screen.
    ///
    /// @param content of the screen, as the server describes it to the browser
    record Tab(int id, String securityKey, int syncId, String content) {}

    /// @param path without a slash at its beginning
    /// @param query such as `period=7d`, or empty
    Tab open(String path, String query) {
        get("/" + path + (query.isEmpty() ? "" : "?" + query));
        var config = JSON.readTree(get("/?v-r=init&location=" + encoded(path) + "&query=" + encoded(query)))
                .path("appConfig");
        var uidl = config.path("uidl");
        var empty = new Tab(
                config.path("v-uiId").asInt(),
                uidl.path("Vaadin-Security-Key").asString(),
                uidl.path("syncId").asInt(),
                "");
        var event = Map.of(
                "type",
                "event",
                "node",
                1,
                "event",
                "ui-navigate",
                "data",
                new TreeMap<>(Map.of("route", path, "query", query, "appShellTitle", "", "trigger", "")));
        return new Tab(empty.id(), empty.securityKey(), empty.syncId(), tell(empty, Map.of("rpc", List.of(event))));
    }

    /// As a browser tells that a tab was closed; until then the server keeps what it shows up to date.
    void close(Tab tab) {
        tell(tab, Map.of("rpc", List.of(), "UNLOAD", true));
    }

    private String tell(Tab tab, Map<String, ?> said) {
        var body = new LinkedHashMap<String, Object>(said);
        body.put("csrfToken", tab.securityKey());
        body.put("syncId", tab.syncId());
        body.put("clientId", tab.content().isEmpty() ? 0 : 1);
        return ok(request("/?v-r=uidl&v-uiId=" + tab.id())
                .header("Content-Type", "application/json; charset=UTF-8")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    private String get(String path) {
        return ok(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(console.resolve(path))
                .header("Cookie", cookie)
                .header("Accept", "text/html,*/*");
    }

    private String ok(HttpRequest.Builder request) {
        var response = send(request);
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response + " " + response.headers().map() + ": " + response.body());
        }
        return response.body();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
    }
}

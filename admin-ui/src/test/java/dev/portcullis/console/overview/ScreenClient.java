package dev.portcullis.console.overview;

import dev.portcullis.console.RunningConsole;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// Opens screens as a browser does, but for drawing them: the page, the session's user interface, and the answer with
/// the screen's content. What it takes from the first to the last is the server's part of the time to first content.
final class ScreenClient {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final RunningConsole console;
    private final String cookie;

    ScreenClient(RunningConsole console, String username, String password) {
        this.console = console;
        var response = console.send(HttpRequest.newBuilder(console.uri("/sign-in"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=" + encoded(username) + "&password=" + encoded(password))));
        this.cookie = response.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
    }

    /// The content of a screen as the server describes it to the browser.
    ///
    /// @param path without a slash at its beginning
    /// @param query such as `period=7d`, or empty
    String open(String path, String query) {
        var location = "location=" + encoded(path) + "&query=" + encoded(query);
        get("/" + path + (query.isEmpty() ? "" : "?" + query));
        var config = JSON.readTree(get("/?v-r=init&" + location)).path("appConfig");
        var uidl = config.path("uidl");
        var event = Map.of(
                "type",
                "event",
                "node",
                1,
                "event",
                "ui-navigate",
                "data",
                new TreeMap<>(Map.of("route", path, "query", query, "appShellTitle", "", "trigger", "")));
        var body = Map.of(
                "csrfToken",
                text(uidl, "Vaadin-Security-Key"),
                "rpc",
                new Object[] {event},
                "syncId",
                uidl.path("syncId").asInt(),
                "clientId",
                0);
        var answer = send(request("/?v-r=uidl&v-uiId=" + config.path("v-uiId").asInt())
                .header("Content-Type", "application/json; charset=UTF-8")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
        return answer.body();
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString();
    }

    private String get(String path) {
        return send(request(path)).body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(console.uri(path))
                .header("Cookie", cookie)
                .header("Accept", "text/html,*/*");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        var response = console.send(request);
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response + ": " + response.body());
        }
        return response;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

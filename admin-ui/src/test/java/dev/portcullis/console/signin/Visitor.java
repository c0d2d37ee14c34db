package dev.portcullis.console.signin;

import dev.portcullis.console.RunningConsole;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/// Somebody with a browser of their own, which keeps cookies and follows no redirect by itself.
public final class Visitor {
    private final RunningConsole console;
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    public Visitor(RunningConsole console) {
        this.console = console;
    }

    /// @return where that leads
    public String signIn(String username, String password) {
        return location(send(HttpRequest.newBuilder(console.uri("/sign-in"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=" + encoded(username) + "&password=" + encoded(password)))));
    }

    /// Whether nobody leads them to the screen that asks who it is; tests have no screens to show.
    public boolean isIn() {
        return location(get(console.uri("/tool-calls"))).isEmpty();
    }

    public HttpResponse<String> get(URI address) {
        return send(HttpRequest.newBuilder(address).header("Accept", "text/html"));
    }

    /// Where an answer leads; empty when it leads nowhere.
    public static String location(HttpResponse<?> response) {
        return response.headers().firstValue("location").orElse("");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return browser.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

package dev.portcullis.acceptance;

import dev.portcullis.acceptance.RawClient.Answer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/// Everywhere that a client can put a secret, by accident or on purpose, but for the place where it belongs.
///
/// @param authorization the header field that the requests show
/// @param secret what is in the wrong place
record MisplacedSecret(RawClient client, String route, String authorization, String secret) {
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

    /// Sends every request but two.
    ///
    /// @param answered gets all that comes back
    void everywhere(Consumer<Answer> answered) {
        inTheHead().forEach(answered);
        inTheTarget().forEach(answered);
        inTheBody().forEach(answered);
        inWhatIsNoHttp().forEach(answered);
    }

    /// The id of a request and the name of a tool come back to who chose them; nobody else may see them.
    List<Answer> whereItComesBack() {
        return List.of(
                client.post("/mcp/" + route, call("look", "\"" + secret + "\"", "{}"), authorization),
                client.post("/mcp/" + route, call("denied-" + secret, "1", "{}"), authorization));
    }

    private List<Answer> inTheHead() {
        var answers = new ArrayList<Answer>();
        for (var field : List.of(
                "Authorization: " + secret,
                "Authorization: Token " + secret,
                "Authorization: Basic " + base64("user:" + secret),
                "Authorization: Bearer " + secret + ", Bearer " + secret,
                "Authorization: Bearer\t" + secret,
                "X-Api-Key: " + secret)) {
            answers.add(client.post("/mcp/" + route, PING, field));
        }
        for (var field : List.of(
                authorization,
                "Proxy-Authorization: Bearer " + secret,
                "X-Other-Key: " + secret,
                "Cookie: token=" + secret,
                secret + ": x",
                secret,
                " " + secret,
                "Host: " + secret,
                "Host: user:" + secret + "@localhost",
                "Origin: https://" + secret,
                "Referer: https://x.example/?token=" + secret,
                "Mcp-Session-Id: " + secret,
                "MCP-Protocol-Version: " + secret,
                "Mcp-Method: " + secret,
                "Mcp-Name: " + secret,
                "Mcp-Param-Key: " + secret,
                "x-allowed-actions-to-run: " + secret,
                "x-read-only-mode: " + secret,
                "X-Forwarded-For: " + secret,
                "Forwarded: for=" + secret,
                "traceparent: " + secret,
                "baggage: token=" + secret,
                "Content-Encoding: " + secret,
                "Transfer-Encoding: " + secret,
                "Expect: " + secret,
                "Upgrade: " + secret)) {
            answers.add(client.post("/mcp/" + route, PING, authorization, field));
        }
        answers.add(client.get(
                "/mcp/" + route,
                authorization,
                "MCP-Protocol-Version: 2025-11-25",
                "Last-Event-ID: " + secret,
                "Mcp-Session-Id: x"));
        return answers;
    }

    private List<Answer> inTheTarget() {
        return List.of(
                client.post("/mcp/" + route + "?access_token=" + secret, PING),
                client.post("/mcp/" + secret, PING, authorization),
                client.post("/" + secret + "/mcp/" + route, PING, authorization),
                client.post("http://user:" + secret + "@localhost/mcp/" + route, PING, authorization),
                client.get("/.well-known/oauth-protected-resource/mcp/" + secret, authorization));
    }

    private List<Answer> inTheBody() {
        var answers = new ArrayList<Answer>();
        for (var body : List.of(
                secret,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":" + secret + "}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"" + secret + "\":1,\"" + secret + "\":2,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"METHOD\":\"" + secret + "\",\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":[\"" + secret + "\"],\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + secret + "\"}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"" + secret + "\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"" + secret + "\",\"result\":{}}",
                """
                {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"%1$s","capabilities":{},
                 "clientInfo":{"name":"%1$s","version":"%1$s"}}}""".formatted(secret),
                """
                {"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"https://u:%1$s@x.example/?token=%1$s"}}""".formatted(secret),
                """
                {"jsonrpc":"2.0","id":1,"method":"ping",
                 "params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"%s"}}}""".formatted(secret),
                call(secret, "1", "{}"),
                call("look", "1", """
                        {"password":"%1$s","nested":[{"Authorization":"Bearer %1$s"}],"note":"send Bearer %1$s along"}""".formatted(secret)))) {
            answers.add(client.post("/mcp/" + route, body, authorization));
        }
        return answers;
    }

    private List<Answer> inWhatIsNoHttp() {
        var target = " /mcp/" + route;
        return List.of(
                client.send(secret + target, PING, authorization),
                client.sendRaw("POST" + target + " " + secret + "\r\nHost: localhost\r\n\r\n"),
                client.sendRaw(secret + "\r\n\r\n"),
                client.sendLast("POST" + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + authorization + "\r\nContent-Length: 2\r\n\r\n{}" + secret
                        + " / HTTP/1.1\r\nConnection: close\r\n\r\n"),
                client.sendRaw("POST" + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + authorization + "\r\nTransfer-Encoding: chunked\r\n\r\n" + secret + "\r\n"));
    }

    private static String call(String tool, String id, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + "}}";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

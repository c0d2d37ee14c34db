package dev.portcullis.proxy.scenario;

import static dev.portcullis.proxy.scenario.Fields.map;
import static dev.portcullis.proxy.scenario.Fields.text;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Writes the HTTP messages of a scenario: what the client sends, and what the upstream answers.
final class ScenarioMessages {
    private ScenarioMessages() {}

    /// What the upstream answers to every request.
    static ScriptedUpstream.Script script(Map<String, ?> given) {
        var answer = map(given.get("upstream"));
        if (answer.containsKey("raw")) {
            return new ScriptedUpstream.Script(
                    ((String) answer.get("raw")).replace("\n", "\r\n"), !Boolean.FALSE.equals(answer.get("close")));
        }
        var headers = new StringBuilder("HTTP/1.1 " + text(answer, "status", "200") + " Some\r\n");
        var isStream = answer.containsKey("stream") || answer.containsKey("events");
        if (!map(answer.get("headers")).containsKey("Content-Type")) {
            headers.append("Content-Type: " + (isStream ? "text/event-stream" : "application/json") + "\r\n");
        }
        map(answer.get("headers"))
                .forEach((name, value) ->
                        headers.append(name).append(": ").append(value).append("\r\n"));
        if (isStream) {
            return new ScriptedUpstream.Script(headers + "\r\n" + stream(answer), true);
        }
        var body = text(answer, "body", "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
        return new ScriptedUpstream.Script(
                headers + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body, false);
    }

    /// `stream` as it is, or each of `events` as one event.
    private static String stream(Map<String, ?> answer) {
        var stream = new StringBuilder(text(answer, "stream", ""));
        for (var event : Fields.several(answer.get("events"))) {
            stream.append("data: ").append(event).append("\n\n");
        }
        return stream.toString();
    }

    /// What the client sends.
    static String request(Map<String, ?> when, int port) {
        if (when.containsKey("raw")) {
            return ((String) when.get("raw")).replace("\n", "\r\n");
        }
        if (when.containsKey("bytes")) {
            return (String) when.get("bytes");
        }
        var body = text(when, "body", "");
        if (when.containsKey("bodyBytes")) {
            body = " ".repeat((Integer) when.get("bodyBytes"));
        }
        if (when.containsKey("bodyDepth")) {
            body = "[".repeat((Integer) when.get("bodyDepth"));
        }
        var method = text(when, "method", "POST");
        var given = map(when.get("headers"));
        var head = new StringBuilder(method + " " + text(when, "path", "/mcp/port-eu") + " HTTP/1.1\r\n");
        if (!given.containsKey("Host")) {
            head.append("Host: localhost:").append(port).append("\r\n");
        }
        if (method.equals("POST") || !body.isEmpty()) {
            if (!given.containsKey("Content-Type")) {
                head.append("Content-Type: application/json\r\n");
            }
            head.append("Content-Length: ")
                    .append(body.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
        }
        if (!given.containsKey("Accept")) {
            head.append("Accept: application/json, text/event-stream\r\n");
        }
        appendTo(head, given);
        return head + "\r\n" + new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /// A header may have several values; one without a value is left out.
    private static void appendTo(StringBuilder head, Map<String, ?> headers) {
        headers.forEach((name, value) -> {
            for (var one : value == null ? List.of() : Fields.several(value)) {
                head.append(name).append(": ").append(one).append("\r\n");
            }
        });
    }
}

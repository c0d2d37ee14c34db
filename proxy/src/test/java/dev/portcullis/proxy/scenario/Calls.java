package dev.portcullis.proxy.scenario;

/// The usual requests of a client, and the usual answers of an upstream.
final class Calls {
    static final String BODY =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"list_entities\"}}";

    /// One JSON-RPC response.
    static final ScriptedUpstream.Script ANSWER = answer("");

    /// An event stream that stays open.
    static final ScriptedUpstream.Script STREAM = new ScriptedUpstream.Script(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nid: hello\nretry: 10\ndata:\n\n", false);

    private Calls() {}

    /// @param headers each with its line's end
    static ScriptedUpstream.Script answer(String headers) {
        var body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[]}}";
        return new ScriptedUpstream.Script(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + headers + "Content-Length: " + body.length()
                        + "\r\n\r\n" + body,
                false);
    }

    /// A tool call to a route of `gateway.example`.
    static String post(String route, String... headers) {
        return postAt("gateway.example", "/mcp/" + route, headers);
    }

    /// A tool call with arguments of about so many bytes.
    static String large(String route, int bytes) {
        return with("{\"words\":[" + "\"word\",".repeat(bytes / 7) + "\"end\"]}", route);
    }

    /// A tool call with arguments.
    static String with(String arguments, String route, String... headers) {
        var body = BODY.replace("}}", ",\"arguments\":" + arguments + "}}");
        return head("gateway.example", "/mcp/" + route, headers)
                        .replace("Content-Length: " + BODY.length(), "Content-Length: " + body.length())
                + body;
    }

    static String postAt(String host, String path, String... headers) {
        return head(host, path, headers) + BODY;
    }

    /// A tool call whose body is yet to come.
    static String head(String host, String path, String... headers) {
        return "POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/json\r\n"
                + "Accept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2025-11-25\r\n"
                + lines(headers) + "Content-Length: " + BODY.length() + "\r\n\r\n";
    }

    /// A request for the stream of a route of `gateway.example`.
    static String get(String route, String... headers) {
        return "GET /mcp/" + route + " HTTP/1.1\r\nHost: gateway.example\r\nAccept: text/event-stream\r\n"
                + "MCP-Protocol-Version: 2025-11-25\r\n" + lines(headers) + "\r\n";
    }

    static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }

    private static String lines(String... headers) {
        return headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    }
}

package dev.portcullis.proxy.management;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the management port says.
///
/// @param headers besides those of the body
record ManagementAnswer(HttpResponseStatus status, String mediaType, String body, HttpHeaders headers) {
    private static final String TEXT = "text/plain; charset=utf-8";

    ManagementAnswer(HttpResponseStatus status, String mediaType, String body) {
        this(status, mediaType, body, new DefaultHttpHeaders());
    }

    static ManagementAnswer text(HttpResponseStatus status, String text) {
        return new ManagementAnswer(status, TEXT, text);
    }

    static ManagementAnswer json(HttpResponseStatus status, ObjectNode body) {
        return new ManagementAnswer(status, "application/json", body + "\n");
    }

    /// As RFC 9457 has it.
    static ManagementAnswer problem(HttpResponseStatus status, String detail) {
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("title", status.reasonPhrase())
                .put("status", status.code())
                .put("detail", detail);
        return new ManagementAnswer(status, "application/problem+json", body + "\n");
    }

    static ManagementAnswer empty() {
        return new ManagementAnswer(HttpResponseStatus.NO_CONTENT, "", "");
    }

    static ManagementAnswer notAllowed(String methods) {
        return text(HttpResponseStatus.METHOD_NOT_ALLOWED, methods.replace(", ", " and ") + " only\n")
                .with(HttpHeaderNames.ALLOW, methods);
    }

    ManagementAnswer with(CharSequence name, String value) {
        return new ManagementAnswer(status, mediaType, body, headers.copy().set(name, value));
    }
}

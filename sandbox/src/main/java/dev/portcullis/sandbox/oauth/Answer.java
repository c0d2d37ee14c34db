package dev.portcullis.sandbox.oauth;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.Response;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// An HTTP response, before it is written.
///
/// @param body empty for none
record Answer(int status, List<Field> fields, String body) {

    private static final String CONTENT_TYPE = "Content-Type";
    private static final int FIRST_ERROR = 400;

    /// A header field.
    record Field(String name, String value) {}

    Answer {
        fields = List.copyOf(fields);
    }

    static Answer empty(int status) {
        return new Answer(status, List.of(), "");
    }

    static Answer json(int status, String document) {
        return new Answer(status, List.of(new Field(CONTENT_TYPE, "application/json;charset=UTF-8")), document);
    }

    static Answer json(int status, Map<String, ?> document) {
        return json(status, JSONObjectUtils.toJSONString(document));
    }

    /// A message of the protocol.
    static Answer of(Response message) {
        var http = message.toHTTPResponse();
        var fields = new ArrayList<Field>();
        http.getHeaderMap().forEach((name, values) -> values.forEach(value -> fields.add(new Field(name, value))));
        return new Answer(
                http.getStatusCode(),
                fields,
                Optional.ofNullable(http.getBody()).orElse(""));
    }

    /// An error of the protocol.
    static Answer error(ErrorObject error) {
        return of(new TokenErrorResponse(error));
    }

    Answer with(String name, String value) {
        return new Answer(
                status,
                Stream.concat(fields.stream(), Stream.of(new Field(name, value)))
                        .toList(),
                body);
    }

    Answer withRetryAfter(Duration wait) {
        return with("Retry-After", Long.toString(Math.max(1, wait.toSeconds())));
    }

    /// The same with a page for a body, when it is an error.
    Answer asPage() {
        if (status < FIRST_ERROR) {
            return this;
        }
        var others = fields.stream().filter(field -> !field.name().equalsIgnoreCase(CONTENT_TYPE));
        return new Answer(
                        status,
                        others.toList(),
                        "<!DOCTYPE html><html><head><title>%d</title></head><body><h1>Something went wrong</h1>"
                                        .formatted(status)
                                + "<p>Please try again later.</p></body></html>")
                .with(CONTENT_TYPE, "text/html;charset=UTF-8");
    }

    void write(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        fields.forEach(field -> response.addHeader(field.name(), field.value()));
        if (!body.isEmpty()) {
            response.setCharacterEncoding("UTF-8");
            response.getWriter().write(body);
        }
    }

    /// Without the body, which may be a token.
    @Override
    public String toString() {
        return "Answer[" + status + "]";
    }
}

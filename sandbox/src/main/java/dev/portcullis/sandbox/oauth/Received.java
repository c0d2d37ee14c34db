package dev.portcullis.sandbox.oauth;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import jakarta.servlet.http.HttpServletRequest;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request that was read to its end.
record Received(HttpServletRequest head, String body) {

    /// Messages want to know where they were sent; nobody asks them.
    private static final URI ENDPOINT = URI.create("http://sandbox/");

    private static final int LARGEST = 16 * 1024;

    /// Nothing when it is larger than anything an honest client sends.
    static Optional<Received> read(HttpServletRequest head) throws IOException {
        var body = head.getInputStream().readNBytes(LARGEST + 1);
        return body.length > LARGEST
                ? Optional.empty()
                : Optional.of(new Received(head, new String(body, StandardCharsets.UTF_8)));
    }

    /// The parameters in the query.
    Map<String, List<String>> query() {
        return URLUtils.parseParameters(
                Optional.ofNullable(head.getQueryString()).orElse(""));
    }

    /// What was posted, for the readers of protocol messages; the query is no part of it.
    HTTPRequest message() {
        var message = new HTTPRequest(HTTPRequest.Method.POST, ENDPOINT);
        for (var name : Collections.list(head.getHeaderNames())) {
            message.setHeader(name, Collections.list(head.getHeaders(name)).toArray(String[]::new));
        }
        message.setBody(body);
        return message;
    }

    @Override
    public String toString() {
        return "Received[" + head.getMethod() + " " + head.getRequestURI() + "]";
    }
}

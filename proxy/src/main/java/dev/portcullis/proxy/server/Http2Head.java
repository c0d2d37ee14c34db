package dev.portcullis.proxy.server;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2Headers;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The head of an HTTP/2 request as the same request in HTTP/1.1 would have it, or nothing when there
/// is no such request.
///
/// Whatever would mean something else in HTTP/1.1 (fields of one hop, line breaks, a second name for
/// the host) makes the head malformed.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9113#section-8.2">RFC 9113, sections 8.2 and 8.3</a>
final class Http2Head {
    private static final Pattern METHOD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]+");
    private static final Pattern VALUE =
            Pattern.compile("(?:[!-~\\x80-\\xff](?:[\\t -~\\x80-\\xff]*[!-~\\x80-\\xff])?)?");
    private static final Pattern PATH = Pattern.compile("/[!-\"$-~]*");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final Set<String> PSEUDO = Set.of(":method", ":scheme", ":path", ":authority");
    private static final Set<String> OF_ONE_HOP =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "http2-settings");

    private Http2Head() {}

    /// @param hasBody whether the stream goes on after the head
    static Optional<HttpRequest> read(Http2Headers headers, boolean hasBody) {
        return isWellFormed(headers) ? Optional.of(request(headers, hasBody)) : Optional.empty();
    }

    private static boolean isWellFormed(Http2Headers headers) {
        return hasItsPseudoHeaders(headers)
                && namesOneHost(headers)
                && all(headers, "content-length").size() <= 1
                && all(headers, "content-length").stream().allMatch(length -> matches(LENGTH, length))
                && fieldsAreValid(headers);
    }

    private static boolean hasItsPseudoHeaders(Http2Headers headers) {
        return only(headers, ":method")
                        .filter(method -> matches(METHOD, method))
                        .isPresent()
                && only(headers, ":path").filter(path -> matches(PATH, path)).isPresent()
                && only(headers, ":scheme").filter("https"::equals).isPresent();
    }

    private static boolean namesOneHost(Http2Headers headers) {
        var authority = all(headers, ":authority");
        var host = all(headers, "host");
        return authority.size() + host.size() > 0
                && authority.size() <= 1
                && host.size() <= 1
                && authority.stream()
                        .allMatch(name -> host.isEmpty() || host.getFirst().equalsIgnoreCase(name));
    }

    private static boolean fieldsAreValid(Http2Headers headers) {
        for (var field : headers) {
            var name = field.getKey().toString();
            var value = field.getValue().toString();
            var valid = name.startsWith(":")
                    ? PSEUDO.contains(name)
                    : matches(NAME, name)
                            && !OF_ONE_HOP.contains(name)
                            && (!name.equals("te") || value.equals("trailers"));
            if (!valid || !matches(VALUE, value)) {
                return false;
            }
        }
        return true;
    }

    private static HttpRequest request(Http2Headers headers, boolean hasBody) {
        var request = new DefaultHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.valueOf(only(headers, ":method").orElseThrow()),
                only(headers, ":path").orElseThrow());
        request.headers()
                .set(
                        HttpHeaderNames.HOST,
                        only(headers, ":authority")
                                .orElseGet(() -> all(headers, "host").getFirst()));
        for (var field : headers) {
            var name = field.getKey().toString();
            if (!name.startsWith(":") && !name.equals("host")) {
                request.headers().add(name, field.getValue().toString());
            }
        }
        if (hasBody && !headers.contains("content-length")) {
            request.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        return request;
    }

    private static Optional<String> only(Http2Headers headers, String name) {
        var values = all(headers, name);
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    private static List<String> all(Http2Headers headers, String name) {
        return headers.getAll(name).stream().map(CharSequence::toString).toList();
    }

    private static boolean matches(Pattern pattern, String text) {
        return pattern.matcher(text).matches();
    }
}

package dev.portcullis.proxy.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A media type without its parameters, compared as RFC 9110 section 8.3.1 says: in lower case, spaces
/// around it ignored.
public record MediaType(String essence) {
    public static final MediaType JSON = new MediaType("application/json");
    public static final MediaType EVENT_STREAM = new MediaType("text/event-stream");

    /// The type of a `Content-Type` value.
    public static MediaType of(String contentType) {
        var semicolon = contentType.indexOf(';');
        var essence = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return new MediaType(essence.strip().toLowerCase(Locale.ROOT));
    }

    /// Whether a message names no other encoding than UTF-8. A server that decodes the body in another
    /// one reads another message than was judged.
    public static boolean isUtf8(HeaderFields headers) {
        return headers.all("content-type").stream()
                .flatMap(value -> Arrays.stream(value.split(";", -1)).skip(1))
                .map(parameter -> parameter.replace("\"", "").strip().toLowerCase(Locale.ROOT))
                .filter(parameter -> parameter.startsWith("charset"))
                .allMatch("charset=utf-8"::equals);
    }

    /// The type of a message, when it names exactly one.
    public static Optional<MediaType> of(HeaderFields headers) {
        var values = headers.all("content-type");
        return values.size() == 1 ? Optional.of(of(values.getFirst())) : Optional.empty();
    }
}

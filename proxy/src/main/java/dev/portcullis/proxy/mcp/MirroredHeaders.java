package dev.portcullis.proxy.mcp;

import dev.portcullis.proxy.http.HeaderFields;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The headers that repeat parts of the body. The body decides; a header may only agree.
///
/// @see <a
///     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http">
///     Streamable HTTP, request headers</a>
final class MirroredHeaders {
    static final String VERSION = "mcp-protocol-version";
    static final String METHOD = "mcp-method";
    static final String NAME = "mcp-name";
    private static final String BASE64_BEGIN = "=?base64?";
    private static final String BASE64_END = "?=";

    private final HeaderFields headers;

    MirroredHeaders(HeaderFields headers) {
        this.headers = headers;
    }

    /// The first of these headers that stands more than once.
    Optional<String> repeated() {
        return List.of(VERSION, METHOD, NAME).stream()
                .filter(name -> headers.all(name).size() > 1)
                .findFirst();
    }

    Optional<String> version() {
        return headers.first(VERSION).map(String::strip);
    }

    /// What is wrong with the headers of a request, or empty when they agree with the body.
    ///
    /// @param required whether the era obliges the client to send them
    /// @param name what `Mcp-Name` must repeat; empty for methods without it
    Optional<String> disagreement(boolean required, String method, Optional<String> name) {
        var byMethod = compare(METHOD, method, required);
        return byMethod.isPresent() || name.isEmpty() ? byMethod : compare(NAME, name.get(), required);
    }

    private Optional<String> compare(String header, String expected, boolean required) {
        var sent = headers.first(header);
        if (sent.isEmpty()) {
            return required ? Optional.of("The header " + header + " is missing") : Optional.empty();
        }
        return decoded(sent.get().strip()).filter(expected::equals).isPresent()
                ? Optional.empty()
                : Optional.of("The header " + header + " does not agree with the body");
    }

    private static Optional<String> decoded(String value) {
        if (!value.startsWith(BASE64_BEGIN) || !value.endsWith(BASE64_END)) {
            return Optional.of(value);
        }
        try {
            var bytes = Base64.getDecoder()
                    .decode(value.substring(BASE64_BEGIN.length(), value.length() - BASE64_END.length()));
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}

package dev.portcullis.proxy.mcp;

import dev.portcullis.proxy.http.HeaderFields;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The headers that repeat parts of the body. The body decides; a header may only agree.
///
/// @see <a
///     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http">
///     Streamable HTTP, request headers</a>
public final class MirroredHeaders {
    public static final String VERSION = "mcp-protocol-version";
    public static final String METHOD = "mcp-method";
    public static final String NAME = "mcp-name";
    private static final String PARAMETER = "mcp-param-";
    private static final String BASE64_BEGIN = "=?base64?";
    private static final String BASE64_END = "?=";

    private final HeaderFields headers;

    public MirroredHeaders(HeaderFields headers) {
        this.headers = headers;
    }

    /// The first of these headers that stands more than once.
    public Optional<String> repeated() {
        return Stream.concat(Stream.of(VERSION, METHOD, NAME), parameters())
                .filter(name -> headers.all(name).size() > 1)
                .findFirst();
    }

    /// The value of an `Mcp-Param-` header, decoded; empty when there is none or it cannot be decoded.
    public Optional<String> parameter(String name) {
        return headers.first(PARAMETER + name).map(String::strip).flatMap(MirroredHeaders::decoded);
    }

    /// Whether there is such an `Mcp-Param-` header.
    public boolean hasParameter(String name) {
        return headers.has(PARAMETER + name);
    }

    public Optional<String> version() {
        return headers.first(VERSION).map(String::strip);
    }

    /// What is wrong with the headers of a request, or empty when they agree with the body.
    ///
    /// @param required whether the era obliges the client to send them
    /// @param name what `Mcp-Name` must repeat; empty for methods without it
    public Optional<String> disagreement(boolean required, String method, Optional<String> name) {
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

    private Stream<String> parameters() {
        return headers.fields().stream()
                .map(field -> field.name().toLowerCase(Locale.ROOT))
                .filter(name -> name.startsWith(PARAMETER));
    }

    /// `text` as the value of a mirrored header: as it is when it is plain, else in Base64.
    public static String encoded(String text) {
        var isPlain =
                !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f) && !text.startsWith(BASE64_BEGIN);
        return isPlain
                ? text
                : BASE64_BEGIN + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + BASE64_END;
    }

    private static Optional<String> decoded(String value) {
        if (!value.startsWith(BASE64_BEGIN)
                || !value.endsWith(BASE64_END)
                || value.length() < BASE64_BEGIN.length() + BASE64_END.length()) {
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

package dev.portcullis.console.tools;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// A place in the list of tools: just behind the one of this route and name.
public record ToolCursor(String route, String name) {

    /// Its opaque form for clients.
    public String encode() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((route + "/" + name).getBytes(StandardCharsets.UTF_8));
    }

    /// Reads what [#encode] wrote; empty for anything else.
    public static Optional<ToolCursor> decode(String encoded) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
            // A route has no slash, a tool may have.
            var slash = text.indexOf('/');
            return slash < 0 || text.indexOf('\0') >= 0
                    ? Optional.empty()
                    : Optional.of(new ToolCursor(text.substring(0, slash), text.substring(slash + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

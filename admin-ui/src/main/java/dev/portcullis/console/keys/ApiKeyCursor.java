package dev.portcullis.console.keys;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/// A place in the list of keys: just behind the one that has this name and id.
public record ApiKeyCursor(String name, UUID id) {

    public static ApiKeyCursor after(ApiKeyRecord key) {
        return new ApiKeyCursor(key.name(), key.id());
    }

    /// Its opaque form for clients.
    public String encode() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((id + "|" + name).getBytes(StandardCharsets.UTF_8));
    }

    /// Reads what [#encode] wrote; empty for anything else.
    public static Optional<ApiKeyCursor> decode(String encoded) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
            var end = text.indexOf('|');
            return end < 0
                    ? Optional.empty()
                    : Optional.of(new ApiKeyCursor(text.substring(end + 1), UUID.fromString(text.substring(0, end))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

package dev.portcullis.console.api;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/// A place in a list that has the newest first: just behind the one that has this time and id.
public record PageCursor(OffsetDateTime occurredAt, UUID id) {

    /// Its opaque form for clients.
    public String encode() {
        var text = occurredAt + "|" + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Reads what [#encode] wrote; empty for anything else.
    public static Optional<PageCursor> decode(String encoded) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
            var parts = text.split("\\|", -1);
            return parts.length == 2
                    ? AskedTimes.read(parts[0]).map(time -> new PageCursor(time, UUID.fromString(parts[1])))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

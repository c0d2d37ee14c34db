package dev.portcullis.console.callers;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Optional;

/// A place in the list of sessions, the newest first: just behind the one with this time and digest.
public record SessionCursor(OffsetDateTime lastSeenAt, String session) {

    /// Its opaque form for clients.
    public String encode() {
        var text = lastSeenAt + "|" + session;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Reads what [#encode] wrote; empty for anything else.
    public static Optional<SessionCursor> decode(String encoded) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
            var bar = text.indexOf('|');
            return bar < 0 || text.indexOf('\0') >= 0
                    ? Optional.empty()
                    : Optional.of(
                            new SessionCursor(OffsetDateTime.parse(text.substring(0, bar)), text.substring(bar + 1)));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

package dev.portcullis.proxy.server;

import dev.portcullis.proxy.exchange.Bindings;
import dev.portcullis.proxy.exchange.Stage;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.http.HeaderFields.Field;
import dev.portcullis.proxy.mcp.Era;

import java.util.ArrayList;
import java.util.Optional;

/// The `Mcp-Session-Id` of a response on its way to the client: bound to the caller in the legacy era,
/// taken out in the modern one, which has no sessions.
final class SessionHeader {
    private static final String NAME = "mcp-session-id";

    private SessionHeader() {}

    /// The headers to pass on; empty when the server's id is not one.
    static Optional<HeaderFields> bound(HeaderFields headers, Stage.Decided decided, ExchangeServices services) {
        var ids = headers.all(NAME);
        if (ids.isEmpty()) {
            return Optional.of(headers);
        }
        var passed = new ArrayList<>(headers.fields().stream()
                .filter(field -> !field.name().equalsIgnoreCase(NAME))
                .toList());
        if (decided.era() == Era.MODERN) {
            return Optional.of(new HeaderFields(passed));
        }
        if (ids.size() > 1 || !isVisible(ids.getFirst())) {
            return Optional.empty();
        }
        var software = decided.decoded()
                .flatMap(Stage.Decoded::software)
                .or(() -> decided.identified().software());
        passed.add(new Field(
                "Mcp-Session-Id",
                services.bindings().session(Bindings.holder(decided.identified()), ids.getFirst(), software)));
        return Optional.of(new HeaderFields(passed));
    }

    /// @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports">session
    ///     management</a>
    private static boolean isVisible(String id) {
        return !id.isEmpty() && id.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}

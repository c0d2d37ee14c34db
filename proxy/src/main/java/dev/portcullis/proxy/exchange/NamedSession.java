package dev.portcullis.proxy.exchange;

import dev.portcullis.proxy.binding.Holder;
import dev.portcullis.proxy.binding.Seals;
import dev.portcullis.proxy.binding.Seals.Kind;
import dev.portcullis.proxy.mcp.ClientSoftware;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// A session together with the software that began it, as both are written in one sealed id.
///
/// In the legacy era only `initialize` says what the software is. Since it is in the seal, a session keeps
/// its name on every replica and through every restart, and nobody can take it off.
///
/// @param id by which the server knows the session
record NamedSession(String id, Optional<ClientSoftware> software) {
    private static final String NAMED = "named";
    private static final char MARK = '!';
    private static final char VERSION = '\0';

    String sealed(Seals seals, Holder holder) {
        return software.map(named -> seals.seal(Kind.SESSION, holder, NAMED, id + MARK + text(named)))
                .orElseGet(() -> seals.seal(Kind.SESSION, holder, "", id));
    }

    static Optional<NamedSession> open(Seals seals, Holder holder, String sealed) {
        return seals.open(Kind.SESSION, holder, NAMED, sealed)
                .map(NamedSession::read)
                .or(() ->
                        seals.open(Kind.SESSION, holder, "", sealed).map(id -> new NamedSession(id, Optional.empty())));
    }

    private static String text(ClientSoftware software) {
        var text = software.name()
                + software.version().map(version -> VERSION + version).orElse("");
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static NamedSession read(String value) {
        var mark = value.lastIndexOf(MARK);
        var text = new String(Base64.getUrlDecoder().decode(value.substring(mark + 1)), StandardCharsets.UTF_8);
        var version = text.lastIndexOf(VERSION);
        return new NamedSession(
                value.substring(0, mark),
                Optional.of(
                        version < 0
                                ? new ClientSoftware(text, Optional.empty())
                                : new ClientSoftware(
                                        text.substring(0, version), Optional.of(text.substring(version + 1)))));
    }
}

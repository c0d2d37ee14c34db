package dev.portcullis.proxy.mcp;

import tools.jackson.databind.JsonNode;

import java.util.Optional;

/// What a client says it is. Shown and recorded; a rule may tighten by it, nothing may widen.
public record ClientSoftware(String name, Optional<String> version) {
    private static final int MAX_LENGTH = 200;

    /// The software named by a `clientInfo` object, if it has a name.
    public static Optional<ClientSoftware> in(JsonNode clientInfo) {
        var name = clientInfo.path("name");
        if (!name.isString()) {
            return Optional.empty();
        }
        var version = clientInfo.path("version");
        return Optional.of(new ClientSoftware(
                shortened(name.asString()),
                version.isString() ? Optional.of(shortened(version.asString())) : Optional.empty()));
    }

    private static String shortened(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
    }
}

package dev.portcullis.standalone.command;

import dev.portcullis.standalone.client.ConsoleClient;
import tools.jackson.databind.JsonNode;

import java.util.List;

/// A kill that is in effect.
record EngagedKill(String id, String scope, String reason) {

    /// All of them.
    static List<EngagedKill> all(ConsoleClient client) {
        return client.get("kills")
                .path("items")
                .valueStream()
                .filter(kill -> isAbsent(kill.path("releasedAt")))
                .map(kill -> new EngagedKill(
                        kill.path("id").asString(),
                        scope(kill.path("scope")),
                        kill.path("reason").asString("")))
                .toList();
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static String scope(JsonNode scope) {
        return scope.path("organization").asBoolean(false) ? "the whole organization" : scope.toString();
    }
}

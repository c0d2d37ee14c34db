package dev.portcullis.standalone.command;

import dev.portcullis.policy.KillJson;
import dev.portcullis.standalone.client.ConsoleClient;
import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.stream.Stream;

/// A kill that is in effect.
///
/// @param scope what it stops, for people
/// @param isLocal whether it is of the replica that tells of it, and of no other
/// @param obedience a line for each replica: since when it obeys, or that it does not yet
record EngagedKill(String id, String scope, String reason, boolean isLocal, List<String> obedience) {

    /// All of them.
    static List<EngagedKill> all(ConsoleClient client) {
        return client.get("kills")
                .path("items")
                .valueStream()
                .filter(kill -> isAbsent(kill.path("releasedAt")))
                .map(EngagedKill::of)
                .toList();
    }

    private static EngagedKill of(JsonNode kill) {
        return new EngagedKill(
                kill.path("id").asString(),
                scope(kill),
                kill.path("reason").asString(""),
                kill.path("local").asBoolean(false),
                Stream.concat(
                                kill.path("acknowledgements").valueStream().map(EngagedKill::obeys),
                                kill.path("waitingFor")
                                        .valueStream()
                                        .map(replica -> replica.asString() + " has not said that it obeys"))
                        .toList());
    }

    private static String obeys(JsonNode word) {
        return word.path("replica").asString() + " obeys since "
                + word.path("obeyedAt").asString("?") + ", cut "
                + word.path("callsCut").asInt(0) + " calls and "
                + word.path("streamsCut").asInt(0) + " streams";
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static String scope(JsonNode kill) {
        var scope = KillJson.storedScope(kill.path("scope").toString());
        var groups = KillJson.storedExempt(kill.path("exempt").toString());
        return (scope.isOrganization() ? "the whole organization" : scope.describe())
                + (groups.isEmpty() ? "" : " (but groups " + String.join(", ", groups) + " go on)")
                + (kill.path("replica").isString()
                        ? ", on replica " + kill.path("replica").asString() + " only"
                        : "")
                + (kill.path("until").isString()
                        ? ", until " + kill.path("until").asString()
                        : "");
    }
}

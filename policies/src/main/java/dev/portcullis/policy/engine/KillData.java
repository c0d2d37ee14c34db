package dev.portcullis.policy.engine;

import dev.portcullis.policy.Glob;
import dev.portcullis.policy.Kill;
import tools.jackson.core.JsonGenerator;

import java.util.List;
import java.util.Set;

/// Kills as the policy reads them.
///
/// A kill by tool denies in the way a rule does (restriction `deniedTools`: hidden from lists, refused
/// in band); every other kill has the restriction `kill`, which ends the connection.
final class KillData {
    private KillData() {}

    static void write(JsonGenerator json, Kill kill, Set<String> routes) {
        var scope = kill.scope();
        json.writeStartObject();
        json.writeObjectPropertyStart("scope");
        json.writeObjectPropertyStart("who");
        if (!scope.organization() && !scope.routes().isEmpty()) {
            Matchers.set(json, "routes", Matchers.named(globs(scope.routes()), routes));
        }
        if (!scope.organization() && !scope.clients().isEmpty()) {
            Matchers.names(json, "clients", globs(scope.clients()));
        }
        json.writeEndObject();
        json.writeObjectPropertyStart("what");
        var byTool = !scope.organization() && !scope.tools().isEmpty();
        if (byTool) {
            Matchers.names(json, "tools", globs(scope.tools()));
        }
        json.writeEndObject();
        json.writeEndObject();
        kill.until().ifPresent(until -> json.writeStringProperty("until", InputWriter.TIME.format(until)));
        json.writeObjectPropertyStart("denial");
        json.writeStringProperty("rule", "kill:" + kill.id());
        json.writeStringProperty("restriction", byTool ? "deniedTools" : "kill");
        json.writeStringProperty("message", kill.message().orElse(kill.reason()));
        json.writeEndObject();
        json.writeEndObject();
    }

    private static List<Glob> globs(List<String> patterns) {
        return patterns.stream()
                .filter(pattern -> !pattern.isEmpty())
                .map(Glob::new)
                .toList();
    }
}

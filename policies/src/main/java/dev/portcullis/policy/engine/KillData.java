package dev.portcullis.policy.engine;

import dev.portcullis.policy.Glob;
import dev.portcullis.policy.Kill;
import dev.portcullis.policy.KillScope;
import tools.jackson.core.JsonGenerator;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Kills as the policy reads them: the kills themselves, and indexes of them, one for all routes and one
/// for each route that a kill names.
final class KillData {
    private final List<Kill> kills;
    private final KillIndex everywhere = new KillIndex();
    private final Map<String, KillIndex> byRoute = new TreeMap<>();

    private KillData(List<Kill> kills, Collection<String> routes) {
        this.kills = kills;
        for (var i = 0; i < kills.size(); i++) {
            file(i, kills.get(i).scope(), routes);
        }
    }

    /// Writes the object `kills`.
    static void write(JsonGenerator json, List<Kill> kills, Collection<String> routes) {
        new KillData(kills, routes).write(json);
    }

    private void file(int number, KillScope scope, Collection<String> routes) {
        if (scope.routes().isEmpty()) {
            everywhere.add(number, scope);
        } else {
            Matchers.named(globs(scope.routes()), routes)
                    .forEach(route -> byRoute.computeIfAbsent(route, name -> new KillIndex())
                            .add(number, scope));
        }
    }

    private void write(JsonGenerator json) {
        json.writeObjectPropertyStart("kills");
        json.writeArrayPropertyStart("items");
        kills.forEach(kill -> write(json, kill));
        json.writeEndArray();
        if (!everywhere.isEmpty()) {
            json.writeName("everywhere");
            everywhere.write(json);
        }
        json.writeObjectPropertyStart("routes");
        byRoute.forEach((route, index) -> {
            json.writeName(route);
            index.write(json);
        });
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Kill kill) {
        var scope = kill.scope();
        json.writeStartObject();
        json.writeObjectPropertyStart("who");
        names(json, "groups", scope.groups());
        names(json, "callers", scope.callers());
        names(json, "clients", scope.clients());
        json.writeEndObject();
        json.writeObjectPropertyStart("what");
        names(json, "tools", scope.tools());
        json.writeEndObject();
        names(json, "exempt", kill.exemptGroups());
        kill.until().ifPresent(until -> json.writeStringProperty("until", InputWriter.TIME.format(until)));
        json.writeObjectPropertyStart("denial");
        var denial = kill.denial();
        json.writeStringProperty("rule", denial.rule());
        json.writeStringProperty("restriction", denial.restriction());
        denial.message().ifPresent(message -> json.writeStringProperty("message", message));
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void names(JsonGenerator json, String key, List<String> patterns) {
        if (!patterns.isEmpty()) {
            Matchers.names(json, key, globs(patterns));
        }
    }

    private static List<Glob> globs(List<String> patterns) {
        return patterns.stream().map(Glob::new).toList();
    }
}

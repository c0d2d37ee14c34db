package dev.portcullis.standalone.command;

import dev.portcullis.console.tools.VisibleText;
import tools.jackson.databind.JsonNode;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Tools of the catalogue for a terminal.
///
/// What upstreams write is shown so that nothing in it is invisible or acts on the terminal: a description may be
/// meant to mislead whoever reads it.
final class ToolText {
    private ToolText() {}

    /// Where a tool is found in the console's REST API.
    static String path(String route, String name) {
        return "tools/" + encoded(route) + "/" + encoded(name);
    }

    /// The tool, what changed, and the definitions it had.
    static List<String> describe(JsonNode tool) {
        var lines = new ArrayList<String>();
        lines.add(VisibleText.line(tool.path("name").asString()) + " of "
                + VisibleText.line(tool.path("route").asString()) + " is "
                + tool.path("state").asString() + ".");
        lines.add("class       " + tool.path("class").asString() + ", from "
                + tool.path("classSource").asString());
        lines.add("definition  " + tool.path("definition").asString());
        lines.add("reviewed    " + tool.path("reviewedDefinition").asString("never"));
        tool.path("blockedBy").forEach(rule -> lines.add("blocked by  rule " + rule.asString()));
        lines.add("seen        " + tool.path("firstSeenAt").asString() + " to "
                + tool.path("lastSeenAt").asString() + ", in "
                + tool.path("listings").asString() + " lists");
        change(tool.path("change"), lines);
        lines.add("Definitions, the one seen last first:");
        tool.path("definitions")
                .forEach(one -> lines.add("  " + one.path("definition").asString() + "  "
                        + one.path("firstSeenAt").asString() + " to "
                        + one.path("lastSeenAt").asString()));
        return lines;
    }

    private static void change(JsonNode change, List<String> lines) {
        if (change.isMissingNode()) {
            return;
        }
        lines.add("What changed from " + change.path("from").asString() + ":");
        if (change.path("note").isString()) {
            lines.add("  " + change.path("note").asString());
        }
        for (var part : change.path("parts")) {
            lines.add("  " + VisibleText.line(part.path("part").asString()));
            part.path("lines").forEach(line -> lines.add("    " + VisibleText.line(line.asString())));
            part.path("places").forEach(place -> lines.add("    " + place(place)));
        }
    }

    private static String place(JsonNode place) {
        var values = List.of("before", "after").stream()
                .filter(place::has)
                .map(side -> VisibleText.line(place.path(side).asString()))
                .collect(Collectors.joining(" -> "));
        return place.path("kind").asString() + " "
                + VisibleText.line(place.path("pointer").asString()) + ": " + values;
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

package dev.portcullis.standalone.client;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A problem document (RFC 9457) for people.
final class Problem {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST = 500;

    private Problem() {}

    /// Its detail, or title, and each of its `errors` in a line of its own; the body itself when it is
    /// no such document.
    static String describe(String body) {
        try {
            var problem = JSON.readTree(body);
            var text = new StringBuilder(
                    problem.path("detail").asString(problem.path("title").asString("")));
            problem.path("errors").forEach(error -> text.append("\n  ").append(line(error)));
            var output = problem.path("output").asString("").strip();
            if (!output.isEmpty()) {
                text.append("\n\n").append(output);
            }
            return text.isEmpty() ? shortened(body) : text.toString();
        } catch (JacksonException noDocument) {
            return shortened(body);
        }
    }

    private static String line(JsonNode error) {
        int line = error.path("line").asInt(0);
        var suggestion = error.path("suggestion").asString("");
        return (line > 0 ? "line " + line + ": " : "")
                + error.path("path").asString("") + ": "
                + error.path("value").asString("") + " (expected: "
                + error.path("expected").asString("")
                + (suggestion.isEmpty() ? "" : "; did you mean " + suggestion + "?") + ")";
    }

    private static String shortened(String body) {
        return body.length() <= LONGEST ? body : body.substring(0, LONGEST) + "…";
    }
}

package dev.portcullis.standalone.client;

import dev.portcullis.policy.document.DocumentProblem;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Optional;

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
            listed(problem.path("errors")).forEach(error -> text.append("\n  ").append(error.describe()));
            var output = problem.path("output").asString("").strip();
            if (!output.isEmpty()) {
                text.append("\n\n").append(output);
            }
            return text.isEmpty() ? shortened(body) : text.toString();
        } catch (JacksonException noDocument) {
            return shortened(body);
        }
    }

    /// Its `errors`; none when it is no such document.
    static List<DocumentProblem> errors(String body) {
        try {
            return listed(JSON.readTree(body).path("errors"));
        } catch (JacksonException noDocument) {
            return List.of();
        }
    }

    /// Errors or warnings as the console writes them.
    static List<DocumentProblem> listed(JsonNode problems) {
        return problems.valueStream().map(Problem::one).toList();
    }

    private static DocumentProblem one(JsonNode problem) {
        return new DocumentProblem(
                problem.path("path").asString(""),
                problem.path("line").asInt(0),
                problem.path("value").asString(""),
                problem.path("expected").asString(""),
                Optional.of(problem.path("suggestion").asString("")).filter(text -> !text.isEmpty()));
    }

    private static String shortened(String body) {
        return body.length() <= LONGEST ? body : body.substring(0, LONGEST) + "…";
    }
}

package dev.portcullis.standalone.client;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The answer to one request, for people.
public final class ExplainedAnswer {
    private final JsonNode answer;

    public ExplainedAnswer(JsonNode answer) {
        this.answer = answer;
    }

    public String text() {
        var lines = new ArrayList<String>();
        lines.add(head());
        text("uncertain").ifPresent(reason -> lines.add("This is not certain: " + reason + "."));
        text("reason").ifPresent(reason -> lines.add("Reason: " + reason + "."));
        answer.path("denials").forEach(denial -> lines.add("  refused by " + denial(denial)));
        answer.path("observed").forEach(denial -> lines.add("  would be refused by " + denial(denial)));
        tool(lines);
        list(
                lines,
                "Rules:",
                answer.path("rules")
                        .valueStream()
                        .flatMap(rule -> rule(rule).stream())
                        .toList());
        list(
                lines,
                "Goes upstream with:",
                answer.path("headers")
                        .propertyStream()
                        .map(header -> "  " + header.getKey() + ": "
                                + header.getValue().asString())
                        .toList());
        list(
                lines,
                "Counts against:",
                answer.path("limits").valueStream().map(ExplainedAnswer::limit).toList());
        list(lines, "On record:", record(answer.path("record")));
        visible(lines);
        return String.join(System.lineSeparator(), lines);
    }

    private String head() {
        var word = switch (answer.path("decision").asString()) {
            case "allow" -> "Allowed";
            case "deny" -> "Refused";
            default -> "Undecided, and so refused,";
        };
        return word + " by " + answer.path("policy").asString("the policy") + " (version "
                + answer.path("policyVersion").asString() + ")";
    }

    private Optional<String> text(String key) {
        return Optional.ofNullable(answer.get(key)).map(JsonNode::asString);
    }

    private static String denial(JsonNode denial) {
        var message = denial.path("message").asString("");
        return denial.path("rule").asString() + " ("
                + denial.path("restriction").asString() + ")" + (message.isEmpty() ? "" : ": " + message);
    }

    private void tool(List<String> lines) {
        var tool = answer.path("tool");
        if (tool.isObject()) {
            var actions = joined(tool.path("actions"));
            lines.add("Tool " + tool.path("name").asString() + ": class "
                    + tool.path("toolClass").asString() + " ("
                    + tool.path("source").asString() + "), definition "
                    + tool.path("review").asString()
                    + (actions.isEmpty() ? "" : ", executes " + actions));
        }
    }

    private static List<String> rule(JsonNode rule) {
        var lines = new ArrayList<String>();
        lines.add("  " + rule.path("says").asString());
        rule.path("exception")
                .forEach(key ->
                        lines.add("    its exception by " + key.path("key").asString() + " wants "
                                + joined(key.path("wants")) + ", the request has "
                                + (key.path("has").isEmpty() ? "nothing" : joined(key.path("has")))));
        return lines;
    }

    private static String limit(JsonNode limit) {
        return "  %s: %d calls per %s by %s (%s)"
                .formatted(
                        limit.path("rule").asString(),
                        limit.path("calls").asLong(),
                        limit.path("per").asString(),
                        limit.path("by").asString(),
                        limit.path("mode").asString());
    }

    private static List<String> record(JsonNode record) {
        var hidden = record.path("redact")
                .valueStream()
                .map(rule -> "  without " + places(rule) + ", of which it keeps "
                        + (rule.path("keep").asString().equals("nothing") ? "nothing" : "a digest") + " ("
                        + rule.path("rule").asString() + ")");
        var result = record.path("resultBytes").intValueOpt().stream()
                .mapToObj(bytes -> "  with the result, up to " + bytes + " bytes");
        return Stream.concat(hidden, result).toList();
    }

    private static String places(JsonNode rule) {
        return Stream.of("arguments", "results")
                .filter(part -> !rule.path(part).isEmpty())
                .map(part -> joined(rule.path(part)) + " of the " + part)
                .collect(Collectors.joining(" and "));
    }

    private void visible(List<String> lines) {
        if (answer.path("visibleTools").isArray()) {
            var tools = joined(answer.path("visibleTools"));
            lines.add("Visible tools"
                    + text("toolsKnownFrom")
                            .map(from -> " (of those known from " + from + ")")
                            .orElse("") + ": "
                    + (tools.isEmpty() ? "none" : tools));
        }
    }

    private static void list(List<String> lines, String title, List<String> entries) {
        if (!entries.isEmpty()) {
            lines.add(title);
            lines.addAll(entries);
        }
    }

    private static String joined(JsonNode texts) {
        return texts.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
    }
}

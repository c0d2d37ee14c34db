package dev.portcullis.standalone.client;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The report of a replay, for people.
public final class ReplayReport {
    private static final int MOST_GROUPS = 50;

    private final JsonNode status;
    private final JsonNode findings;

    public ReplayReport(JsonNode status) {
        this.status = status;
        this.findings = status.path("findings");
    }

    /// Whether every record would be decided as before.
    public boolean saysNothingChanges() {
        return count("newlyRefused") == 0
                && count("newlyAllowed") == 0
                && findings.path("unknown").isEmpty();
    }

    public String text() {
        var lines = new ArrayList<String>();
        lines.add(head());
        if (!status.path("complete").asBoolean(true)) {
            lines.add("It stopped at " + status.path("until").asString("its limit")
                    + ": there are more records than it was to read (--limit).");
        }
        groups(lines, "Newly refused", "newlyRefused");
        groups(lines, "Newly allowed", "newlyAllowed");
        groups(lines, "Allowed, and refused if observing rules were enforced", "observed");
        counted(lines, "Could not be decided again", "unknown");
        counted(lines, "Not a matter of the document", "skipped");
        return String.join(System.lineSeparator(), lines);
    }

    private String head() {
        return "%d records from %s to %s under %s, compared with what was %s: %d allowed and %d refused as before (%s s)."
                .formatted(
                        findings.path("records").asLong(),
                        status.path("from").asString(),
                        status.path("to").asString(),
                        named(status.path("policy").asString()),
                        status.path("baseline").asString(),
                        findings.at("/same/allowed").asLong(),
                        findings.at("/same/refused").asLong(),
                        status.path("seconds").asString());
    }

    private static String named(String policy) {
        return switch (policy) {
            case "draft" -> "the draft";
            case "published" -> "the policy in force";
            case "document" -> "the document";
            default -> policy;
        };
    }

    private long count(String kind) {
        return findings.path(kind).path("count").asLong(0);
    }

    private void groups(List<String> lines, String title, String kind) {
        if (count(kind) == 0) {
            return;
        }
        lines.add("");
        lines.add(title + ": " + count(kind));
        var groups = findings.path(kind).path("groups");
        groups.valueStream().limit(MOST_GROUPS).map(ReplayReport::line).forEach(lines::add);
        var more = groups.size()
                - MOST_GROUPS
                + findings.path(kind).path("moreGroups").asLong(0);
        if (more > 0 && groups.size() >= MOST_GROUPS) {
            lines.add("  and " + more + " more groups (--json shows the largest 500)");
        }
    }

    private static String line(JsonNode group) {
        return "  %6d  %s: %s by %s at %s%s"
                .formatted(
                        group.path("count").asLong(),
                        group.path("rule").asString(),
                        group.path("tool").asString(group.path("method").asString("connections")),
                        group.path("caller").asString("nobody known"),
                        group.path("route").asString("no route"),
                        samples(group));
    }

    private void counted(List<String> lines, String title, String kind) {
        if (findings.path(kind).isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(title + ":");
        findings.path(kind)
                .forEach(reason -> lines.add("  %6d  %s%s"
                        .formatted(
                                reason.path("count").asLong(),
                                reason.path("reason").asString(),
                                samples(reason))));
    }

    private static String samples(JsonNode group) {
        var samples =
                group.path("samples").valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
        return samples.isEmpty() ? "" : System.lineSeparator() + "          " + samples;
    }
}

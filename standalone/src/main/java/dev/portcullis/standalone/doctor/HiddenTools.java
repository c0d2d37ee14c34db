package dev.portcullis.standalone.doctor;

import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.ReadResult;
import dev.portcullis.policy.document.Route;
import dev.portcullis.policy.profile.Profile;
import dev.portcullis.standalone.client.ConsoleClient;
import tools.jackson.databind.node.JsonNodeFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Which tools of a route the policy hides, and why, as the console says.
final class HiddenTools {
    private static final String TOOLS = "tools";

    private final ConsoleClient console;

    HiddenTools(ConsoleClient console) {
        this.console = console;
    }

    /// @param shown what the gateway lists
    List<Finding> of(String routeName, Set<String> shown) {
        var known = route(routeName)
                .map(route -> new TreeSet<>(Profile.load(route.profile()).toolNames()))
                .orElseGet(TreeSet::new);
        known.removeAll(shown);
        var findings = new ArrayList<Finding>();
        for (var tool : known) {
            var reasons = reasons(routeName, tool);
            if (!reasons.isEmpty()) {
                findings.add(Finding.warning(
                        TOOLS,
                        tool + " is hidden by " + reasons + ".",
                        "That is the policy's wish; change the rule if it is not yours."));
            }
        }
        return findings;
    }

    private Optional<Route> route(String name) {
        return console.policy()
                .map(DocumentReader::read)
                .filter(ReadResult.Valid.class::isInstance)
                .flatMap(read -> Optional.ofNullable(
                        ((ReadResult.Valid) read).document().routes().get(name)));
    }

    private String reasons(String route, String tool) {
        var question = JsonNodeFactory.instance.objectNode().put("route", route).put("tool", tool);
        return console.post("policy/evaluate", question)
                .path("denials")
                .valueStream()
                .map(denial -> "rule " + denial.path("rule").asString()
                        + (denial.path("message").asString("").isEmpty()
                                ? ""
                                : " (" + denial.path("message").asString() + ")"))
                .distinct()
                .collect(Collectors.joining(", "));
    }
}

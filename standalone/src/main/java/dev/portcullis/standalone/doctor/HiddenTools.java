package dev.portcullis.standalone.doctor;

import dev.portcullis.policy.document.Restriction;
import dev.portcullis.policy.document.Route;
import dev.portcullis.policy.profile.Profile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Which tools are not shown, and why each is not: a rule of the policy hides it, or the upstream does
/// not offer it. Only tools that the route's profile or the policy knows by name can be missed.
final class HiddenTools {
    private static final String ALLOWED_ACTIONS = "allowedActions";

    private final Visit visit;
    private final Route route;

    private HiddenTools(Visit visit, Route route) {
        this.visit = visit;
        this.route = route;
    }

    /// @param shown what the gateway lists
    static List<Finding> of(Visit visit, Set<String> shown) {
        return visit.route()
                .map(route -> new HiddenTools(visit, route).explained(shown))
                .orElseGet(List::of);
    }

    private List<Finding> explained(Set<String> shown) {
        var missing = new TreeSet<>(Profile.load(route.profile()).toolNames());
        visit.policy()
                .ifPresent(policy -> missing.addAll(
                        policy.tools().getOrDefault(route.name(), Map.of()).keySet()));
        missing.removeAll(shown);
        var visible = visible(missing);
        if (missing.isEmpty() || visible.isEmpty()) {
            return List.of();
        }
        var findings = new ArrayList<Finding>();
        byReason(missing.stream().filter(tool -> !visible.get().contains(tool)).toList())
                .forEach((reason, tools) -> findings.add(Finding.warning(
                        Code.TOOLS_HIDDEN,
                        "Hidden by " + reason + ", " + count(tools) + ": " + String.join(", ", tools) + ".",
                        "The policy wants it so; its owner can change it.")));
        var notOffered = missing.stream().filter(visible.get()::contains).toList();
        if (!notOffered.isEmpty()) {
            findings.add(Finding.ok(
                    Code.TOOLS_NOT_OFFERED,
                    "Allowed here, but not offered by " + visit.upstream() + " to this caller: "
                            + String.join(", ", notOffered) + "."));
        }
        return findings;
    }

    /// Empty when nobody can say.
    private Optional<Set<String>> visible(Collection<String> tools) {
        var question = question();
        tools.forEach(question.putArray("tools")::add);
        return visit.console()
                .evaluate(question)
                .map(answer -> answer.path("visibleTools")
                        .valueStream()
                        .map(tool -> tool.asString(""))
                        .collect(Collectors.toSet()));
    }

    private Map<String, List<String>> byReason(List<String> tools) {
        var reasons = new TreeMap<String, List<String>>();
        for (var tool : tools) {
            visit.console()
                    .evaluate(question().put("tool", tool))
                    .map(this::reasons)
                    .filter(reason -> !reason.isEmpty())
                    .ifPresent(reason -> reasons.computeIfAbsent(reason, any -> new ArrayList<>())
                            .add(tool));
        }
        return reasons;
    }

    private String reasons(JsonNode answer) {
        return answer.path("denials")
                .valueStream()
                .filter(this::hides)
                .map(HiddenTools::reason)
                .distinct()
                .collect(Collectors.joining(" and "));
    }

    /// A list of allowed actions refuses calls, and hides tools only when it is empty.
    private boolean hides(JsonNode denial) {
        return !denial.path("restriction").asString("").equals(ALLOWED_ACTIONS)
                || visit.policy().stream()
                        .flatMap(policy -> policy.rules().stream())
                        .filter(rule -> rule.id().equals(denial.path("rule").asString("")))
                        .anyMatch(rule -> rule.restriction() instanceof Restriction.AllowedActions(var actions)
                                && actions.isEmpty());
    }

    private static String reason(JsonNode denial) {
        var rule = denial.path("rule").asString("");
        var message = denial.path("message").asString("");
        return (rule.startsWith("kill:") ? "the kill switch" : "rule " + rule)
                + (message.isEmpty() ? "" : " (" + message + ")");
    }

    /// As the same caller from the same place.
    private ObjectNode question() {
        var question = JsonNodeFactory.instance.objectNode().put("route", route.name());
        visit.recorded("organization").ifPresent(name -> question.put("organization", name));
        visit.recorded("caller").ifPresent(subject -> {
            var caller = question.putObject("caller").put("subject", subject);
            visit.recorded("caller_kind").ifPresent(kind -> caller.put("kind", kind));
            visit.recordedList("caller_groups").forEach(caller.putArray("groups")::add);
        });
        var client = question.putObject("client");
        visit.recorded("client_name").ifPresent(name -> client.put("name", name));
        visit.recorded("client_version").ifPresent(version -> client.put("version", version));
        visit.recorded("client_address").ifPresent(address -> client.put("address", address));
        return question;
    }

    private static String count(List<String> tools) {
        return tools.size() == 1 ? "1 known tool" : tools.size() + " known tools";
    }
}

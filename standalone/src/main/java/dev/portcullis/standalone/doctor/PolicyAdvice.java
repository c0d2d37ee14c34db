package dev.portcullis.standalone.doctor;

import dev.portcullis.policy.document.Network;
import dev.portcullis.policy.document.Restriction;
import dev.portcullis.policy.document.Rule;
import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Why the policy does not let anybody in: the kill switch, the network, or another rule.
final class PolicyAdvice {
    private static final String KILL = "kill:";

    private final Visit visit;

    private PolicyAdvice(Visit visit) {
        this.visit = visit;
    }

    static List<Finding> about(Code code, Visit visit) {
        var rules = visit.answer().rules();
        if (code == Code.UNDECIDED || rules.isEmpty()) {
            return List.of(Finding.problem(
                    code,
                    "The policy could not be evaluated, and so lets nothing pass.",
                    "Look at the gateway's log, and validate the policy: `portcullis policy validate FILE`."));
        }
        var advice = new PolicyAdvice(visit);
        return rules.stream().map(rule -> advice.about(code, rule)).toList();
    }

    private Finding about(Code code, String rule) {
        if (rule.startsWith(KILL)) {
            return killed(rule.substring(KILL.length()));
        }
        var known = visit.policy().stream()
                .flatMap(policy -> policy.rules().stream())
                .filter(one -> one.id().equals(rule))
                .findFirst();
        return known.map(found -> refused(code, found)).orElseGet(() -> refused(code, rule));
    }

    private Finding killed(String id) {
        var kill = visit.console().list("kills").stream()
                .filter(one -> one.path("id").asString("").equals(id))
                .findFirst();
        return Finding.problem(
                Code.KILLED,
                "The kill switch is engaged: " + visit.answer().complaint()
                        + kill.map(PolicyAdvice::told).orElse(""),
                "Ask whoever engaged it. When it is over: `portcullis release " + id + "`.");
    }

    private static String told(JsonNode kill) {
        return " (by " + kill.path("by").asString("somebody") + " at "
                + kill.path("engagedAt").asString("some time") + ", because: "
                + kill.path("reason").asString("") + ")";
    }

    private Finding refused(Code code, Rule rule) {
        if (rule.restriction() instanceof Restriction.AllowedNetworks(var networks)) {
            return Finding.problem(
                    Code.NETWORK_NOT_ALLOWED,
                    "Rule " + rule.id() + " allows " + joined(networks) + " only, and the gateway sees this client at "
                            + visit.address() + "." + words(rule.message()),
                    Networks.next("have the network added to the rule"));
        }
        return Finding.problem(
                code,
                "Rule " + rule.id() + " (" + rule.restriction().key() + ") does not let "
                        + visit.recorded("caller").orElse("you") + groups() + " in." + words(rule.message()),
                "Ask the owner of that rule; the console shows it under Policy.");
    }

    private Finding refused(Code code, String rule) {
        return Finding.problem(
                code,
                "The policy's rule " + rule + " does not let you in: "
                        + visit.answer().complaint(),
                "It may be your network, your groups or your client; give this command a console (--url, --token) to"
                        + " learn which, or ask the rule's owner.");
    }

    private String groups() {
        var groups = visit.recordedList("caller_groups");
        return groups.isEmpty() ? "" : " (groups " + String.join(", ", groups) + ")";
    }

    private static String joined(List<Network> networks) {
        return networks.isEmpty()
                ? "no network"
                : networks.stream().map(Network::toString).collect(Collectors.joining(", "));
    }

    private static String words(Optional<String> message) {
        return message.map(text -> " Its owner says: " + text).orElse("");
    }
}

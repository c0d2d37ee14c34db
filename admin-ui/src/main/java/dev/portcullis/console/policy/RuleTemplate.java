package dev.portcullis.console.policy;

import java.util.Set;
import java.util.stream.IntStream;

/// What a new rule may begin as.
public enum RuleTemplate {
    READ_ONLY("Read-only", "read-only", "description: Nobody writes\nreadOnly: true\n"),
    ALLOWED_ACTIONS(
            "Allowed actions",
            "allowed-actions",
            "description: Only these actions may be run\nallowedActions: [create_incident]\n"),
    DENIED_TOOLS("Denied tools", "denied-tools", "description: These tools are off\ndeniedTools: [\"delete_*\"]\n"),
    ALLOWED_NETWORKS(
            "Allowed networks",
            "allowed-networks",
            "description: From these addresses alone\nallowedNetworks: [10.0.0.0/8]\n"),
    BLOCKED_DOMAINS(
            "Blocked domains",
            "blocked-domains",
            "description: Nothing goes there\nblockedDomains: [example.com, \"*.example.com\"]\n"),
    LIMIT("Limit", "limit", "description: Not too often\nlimit: {calls: 60, per: minute, by: caller}\n");

    private final String label;
    private final String id;
    private final String body;

    RuleTemplate(String label, String id, String body) {
        this.label = label;
        this.id = id;
        this.body = body;
    }

    public String label() {
        return label;
    }

    /// A rule with an id that is free. It only observes, until somebody has seen what it would refuse.
    public String fragment(Set<String> taken) {
        return "id: " + free(id, taken) + "\n" + body.replaceFirst("\n", "\nmode: observe\n");
    }

    /// `wanted`, or it with the first number behind it that makes it free.
    public static String free(String wanted, Set<String> taken) {
        return IntStream.iterate(2, number -> number + 1)
                .mapToObj(number -> wanted + "-" + number)
                .filter(id -> !taken.contains(id))
                .findFirst()
                .filter(_ -> taken.contains(wanted))
                .orElse(wanted);
    }
}

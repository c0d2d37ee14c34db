package dev.portcullis.bench.policy;

import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReadResult;

import java.util.List;
import java.util.Random;

/// Documents of many rules, mixed as in a large organization: most are about groups and tools of theirs,
/// some about everybody.
final class Documents {
    /// What rules are about, each as often as it stands here.
    private static final List<String> KINDS = List.of(
            "match: {groups: [team-%2$d], tools: [run_action, trigger_run]}, allowedActions: [deploy_%2$d, restart_%2$d]",
            "match: {groups: [team-%2$d], tools: [run_action, trigger_run]}, allowedActions: [scale_%2$d]",
            "match: {groups: [team-%2$d, team-%3$d]}, deniedTools: [\"delete_*\", upsert_blueprint]",
            "match: {groups: [team-%2$d]}, readOnly: true",
            "match: {callers: [\"user-%1$d@acme.example\"]}, allowedNetworks: [10.%4$d.0.0/16]",
            "match: {tools: [upsert_entity], arguments: {/properties/environment: [env-%1$d]}}, deny: true",
            "match: {actions: [\"danger_%1$d\"]}, deny: true",
            "match: {groups: [team-%2$d], time: {days: [sat, sun], zone: Europe/Berlin}}, readOnly: true",
            "match: {groups: [team-%2$d]}, limit: {calls: 60, per: minute, by: caller}",
            "match: {groups: [team-%2$d]}, blockedDomains: [\"*.d%1$d.example\", d%1$d.example]");

    /// About everybody, whatever the number of rules.
    private static final String EVERYBODY = """
              - {id: reads, readOnly: true, except: {groups: [developers]}}
              - {id: office, allowedNetworks: [203.0.113.0/24, 10.0.0.0/8, "2001:db8::/32"]}
              - {id: no-pastebins, blockedDomains: ["*.pastebin.example", pastebin.example]}
            """;

    private Documents() {}

    /// A document of this many rules; always the same for the same number.
    static PolicyDocument of(int rules) {
        return switch (DocumentReader.read(text(rules))) {
            case ReadResult.Valid valid -> valid.document();
            case ReadResult.Invalid invalid ->
                throw new IllegalStateException(invalid.errors().toString());
        };
    }

    static String text(int rules) {
        var random = new Random(1);
        var text = new StringBuilder("""
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  port-eu: {upstream: sandbox, profile: port}
                  port-us: {upstream: sandbox, profile: port}
                rules:
                """).append(EVERYBODY);
        for (var i = 0; i < rules - 3; i++) {
            text.append("  - {id: r%1$d, ".formatted(i))
                    .append(KINDS.get(i % KINDS.size())
                            .formatted(i, random.nextInt(1, 200), random.nextInt(1, 200), random.nextInt(256)))
                    .append("}\n");
        }
        return text.toString();
    }
}

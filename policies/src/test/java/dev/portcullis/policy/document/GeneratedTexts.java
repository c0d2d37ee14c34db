package dev.portcullis.policy.document;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Valid documents as people and programs may write them: in lines, between brackets, as JSON, with
/// comments here and there.
final class GeneratedTexts {
    static final String HEAD = "apiVersion: portcullis/v1\norganization: acme # us\n";
    private static final String TAIL = "\n# what is known\ntools:\n  port-eu:\n    a: {class: read} # reviewed\n";
    private static final String ROUTES = "routes:\n  port-eu: {upstream: sandbox} # the only one\n";

    private GeneratedTexts() {}

    enum Style {
        LINES,
        COMPACT_LINES,
        BRACKETS,
        JSON
    }

    /// The keys of a rule but for its id, as `key: value` on one line each.
    static Arbitrary<List<String>> keys() {
        var condition = Arbitraries.of(
                "{groups: [developers]}",
                "{tools: [run_action, 'delete_*'], networks: [203.0.113.0/24, '2001:db8::/32']}",
                "{arguments: {/env: [prod, 7, 1.5, true, null], /a~1b: {matches: '^x, \"y\" \\d'}, /c: {absent: true}}}",
                "{time: {days: [fri, sat], from: '22:00', to: '06:00', zone: Europe/Berlin}}",
                "{classes: [delete], methods: ['tasks/*'], prompts: [p], uris: ['file:///*'], actions: [deploy]}",
                "{routes: [port-eu], callers: [], clients: ['cursor: 1']}",
                "{}");
        var restriction = Arbitraries.of(
                "readOnly: true",
                "deny: true",
                "pinnedTools: true",
                "redact: {arguments: [/a/b], results: ['/*']}",
                "recordResult: {maxBytes: 512}",
                "allowedActions: [deploy_service, 'yes']",
                "allowedTools: []",
                "deniedTools: ['*_entity', run_action]",
                "allowedNetworks: [10.0.0.0/8]",
                "blockedDomains: ['*.pastebin.com', 192.0.2.7]",
                "limit: {calls: 60, per: minute, by: caller}",
                "limit: {calls: 1, per: day, by: tool, withoutStore: local}");
        var text = Arbitraries.of("Ask ops.", "a: b # c", "'", "one\ntwo\n", "😀 \"now\"", "on", "");
        return Combinators.combine(
                        restriction,
                        condition.optional(0.6),
                        condition.optional(0.3),
                        text.optional(0.3),
                        text.optional(0.3),
                        Arbitraries.of("enforce", "observe").optional(0.3),
                        Arbitraries.randoms())
                .as((restricts, match, except, message, description, mode, random) -> {
                    var keys = new ArrayList<>(List.of(restricts));
                    match.ifPresent(value -> keys.add("match: " + value));
                    except.ifPresent(value -> keys.add("except: " + value));
                    message.ifPresent(value -> keys.add("message: " + quoted(value)));
                    description.ifPresent(value -> keys.add("description: " + quoted(value)));
                    mode.ifPresent(value -> keys.add("mode: " + value));
                    java.util.Collections.shuffle(keys, random);
                    return List.copyOf(keys);
                });
    }

    /// Documents with some rules, `r0`, `r1` and so on.
    static Arbitrary<String> documents(int leastRules) {
        return Combinators.combine(
                        Arbitraries.of(Style.class),
                        keys().list().ofMinSize(leastRules).ofMaxSize(4),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as(GeneratedTexts::document);
    }

    static Rule rule(String id, List<String> keys) {
        return EditableText.valid(document(Style.BRACKETS, List.of(keys), true, true)).rules().stream()
                .map(rule -> new Rule(
                        id,
                        rule.description(),
                        rule.owner(),
                        rule.mode(),
                        rule.match(),
                        rule.except(),
                        rule.restriction(),
                        rule.message()))
                .findFirst()
                .orElseThrow();
    }

    private static String document(Style style, List<List<String>> rules, boolean rulesLast, boolean blankLines) {
        var items = IntStream.range(0, rules.size())
                .mapToObj(i -> item(style, "id: r" + i, rules.get(i)))
                .collect(Collectors.joining(style == Style.LINES && blankLines ? "\n" : ""));
        var list = rules.isEmpty() ? (blankLines ? "rules: []\n" : "") : "rules: # all\n" + items;
        return switch (style) {
            case LINES, COMPACT_LINES -> HEAD + (rulesLast ? ROUTES + TAIL + list : list + "# about routes\n" + ROUTES);
            case BRACKETS -> HEAD + ROUTES + "rules: [" + brackets(rules) + "] # all\n" + (rulesLast ? "" : TAIL);
            case JSON ->
                json(HEAD + ROUTES + (rules.isEmpty() ? "" : "rules: [" + brackets(rules) + "]\n"), blankLines);
        };
    }

    private static String item(Style style, String id, List<String> keys) {
        var indent = style == Style.LINES ? "  " : "";
        var all = new ArrayList<>(keys);
        all.add(keys.size() / 2, id);
        return IntStream.range(0, all.size())
                .mapToObj(i -> indent + (i == 0 ? "- " : "  ") + all.get(i) + (i % 2 == 0 ? " # " + i : "") + "\n")
                .collect(Collectors.joining("", indent + "# before " + id + "\n", indent + "  # after " + id + "\n"));
    }

    private static String brackets(List<List<String>> rules) {
        return IntStream.range(0, rules.size())
                .mapToObj(i -> "{id: r" + i + ", " + String.join(", ", rules.get(i)) + "}")
                .collect(Collectors.joining(",\n    ", "\n    ", "\n"));
    }

    private static String json(String yaml, boolean pretty) {
        var value = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        var mapper = JsonMapper.shared();
        return pretty
                ? mapper.writerWithDefaultPrettyPrinter().writeValueAsString(value)
                : mapper.writeValueAsString(value) + "\n";
    }

    private static String quoted(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }

    /// Lines that are nothing but a comment.
    static List<String> commentLines(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("#"))
                .toList();
    }
}

package dev.portcullis.policy.engine;

import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.PolicyInput.CallerFacts;
import dev.portcullis.policy.PolicyInput.ClientFacts;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.Wishes;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Rules of every kind and requests of every kind, from a vocabulary small enough that they meet.
final class Generated {
    private static final List<String> TOOLS =
            List.of("list_entities", "upsert_entity", "delete_entity", "run_action", "trigger_run", "brand_new");
    private static final List<String> URIS = List.of(
            "docs://a",
            "file:///b",
            "https://a.example/x",
            "http://www.b.example",
            "wss://192.0.2.7/",
            "https://user@a.example/",
            "plain");
    private static final List<String> METHODS = List.of(
            "resources/read",
            "resources/subscribe",
            "roots/list",
            "tools/call",
            "tasks/cancel",
            "sampling/createMessage");
    private static final String DEFINITION = "sha256:" + "a".repeat(64);

    /// What the keys of a condition are filled with.
    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("routes", List.of("[port-eu]", "['port-*', other]", "[other]", "[]")),
            Map.entry("groups", List.of("[developers]", "['plat*']", "[developers, platform]", "['*']", "[]")),
            Map.entry("callers", List.of("[ada]", "['*']", "[bob, ada]")),
            Map.entry("clients", List.of("[cursor]", "['c*']")),
            Map.entry("networks", List.of("[203.0.113.0/28]", "[203.0.113.0/24, 2001:db8::/32]", "[0.0.0.0/0]")),
            Map.entry("methods", List.of("[tools/call]", "['resources/*', roots/list]", "[prompts/get]", "['*']")),
            Map.entry("tools", List.of("['*_entity']", "[run_action, trigger_run]", "[list_entities]", "[brand_new]")),
            Map.entry("classes", List.of("[delete, execute]", "[read]", "[write]")),
            Map.entry("actions", List.of("[a, c]", "['*']", "[b]")),
            Map.entry("prompts", List.of("[secret]", "['s*']")),
            Map.entry("uris", List.of("['https://*']", "['*a*', 'docs://*']", "['file:///b']")),
            Map.entry(
                    "arguments",
                    List.of(
                            "{/env: [prod]}",
                            "{/env: [test, 1, null]}",
                            "{/page: {matches: example}}",
                            "{/env: {absent: true}}",
                            "{/list/0: [x], /env: [prod]}")),
            Map.entry(
                    "time",
                    List.of(
                            "{days: [sat, sun]}",
                            "{from: '09:00', to: '17:00', zone: Europe/Berlin}",
                            "{from: '22:00', to: '06:00'}")));

    private static final List<String> RESTRICTIONS = List.of(
            "readOnly: true",
            "allowedActions: [a, b]",
            "allowedActions: [b, c]",
            "allowedActions: []",
            "allowedTools: ['list_*', run_action]",
            "deniedTools: ['*_entity']",
            "allowedNetworks: [203.0.113.0/24]",
            "allowedNetworks: [203.0.113.0/26, 2001:db8::/64]",
            "allowedDomains: [a.example, '*.b.example']",
            "allowedDomains: []",
            "blockedDomains: ['*.example']",
            "blockedDomains: [a.example, 192.0.2.7]",
            "pinnedTools: true",
            "limit: {calls: 5, per: minute, by: caller}",
            "redact: {arguments: [/a, '/*/b'], keep: nothing}",
            "recordResult: {maxBytes: 512}",
            "deny: true");

    private Generated() {}

    /// A rule that asks something of records, without its id.
    static Arbitrary<String> rulesAboutRecords() {
        return rules(List.of(
                "redact: {arguments: [/a], keep: nothing}",
                "redact: {arguments: ['/*'], results: [/content]}",
                "recordResult: {maxBytes: 100}",
                "recordResult: {maxBytes: 1000}"));
    }

    /// A rule without its id.
    static Arbitrary<String> rules() {
        return rules(RESTRICTIONS);
    }

    private static Arbitrary<String> rules(List<String> restrictions) {
        return Combinators.combine(
                        Arbitraries.of("", "", "", ", mode: observe"),
                        conditions().optional(0.7),
                        conditions().optional(0.3),
                        Arbitraries.of(restrictions))
                .as((mode, match, except, restriction) -> mode
                        + match.map(text -> ", match: " + text).orElse("")
                        + except.map(text -> ", except: " + text).orElse("")
                        + ", " + restriction);
    }

    private static Arbitrary<String> conditions() {
        return Arbitraries.of(KEYS.keySet().stream().sorted().toList())
                .set()
                .ofMinSize(1)
                .ofMaxSize(3)
                .flatMap(keys -> Combinators.combine(keys.stream()
                                .map(key -> Arbitraries.of(KEYS.get(key)).map(value -> key + ": " + value))
                                .toList())
                        .as(entries -> "{" + String.join(", ", entries) + "}"));
    }

    /// The decision point for rules, each under an id of its own.
    static EmbeddedDecisionPoint decisionPoint(List<String> rules) {
        return EmbeddedDecisionPoint.compile(Inputs.document(text(rules)), 1, List.of(), 1);
    }

    /// The rules as a part of a document, with one reviewed tool.
    static String text(List<String> rules) {
        var lines = new ArrayList<String>();
        rules.forEach(rule -> lines.add("  - {id: r%d%s}".formatted(lines.size(), rule)));
        return "rules:" + (lines.isEmpty() ? " []" : "\n" + String.join("\n", lines))
                + "\ntools: {port-eu: {run_action: {class: execute, definition: '" + DEFINITION + "'}}}\n";
    }

    static Arbitrary<PolicyInput> requests() {
        var callers = Combinators.combine(
                        Arbitraries.of("ada", "bob").optional(0.9), Arbitraries.of("developers", "platform", "others"))
                .as((subject, group) -> new CallerFacts(subject, "api_key", List.of(group), true));
        var clients = Combinators.combine(
                        Arbitraries.of("cursor", "codex").optional(0.9),
                        Arbitraries.of("203.0.113.3", "203.0.113.99", "192.0.2.1", "2001:db8::1"))
                .as((name, address) -> new ClientFacts(name, Optional.empty(), InetAddress.ofLiteral(address)));
        var times = Arbitraries.of("2026-11-28T12:00:00Z", "2026-11-23T23:00:00Z", "2026-11-24T10:00:00Z");
        return Combinators.combine(callers, clients, times, Arbitraries.of("port-eu", "other"), questions())
                .as((caller, client, time, route, question) -> new PolicyInput(
                        Inputs.ask(question).exchange(),
                        "acme",
                        Instant.parse(time),
                        route,
                        caller,
                        client,
                        Wishes.none(),
                        question));
    }

    static Arbitrary<Wishes> wishes() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.of("a", "b", "x").list().ofMaxSize(2).optional(0.7))
                .as(Wishes::new);
    }

    private static Arbitrary<Question> questions() {
        return Arbitraries.oneOf(
                Arbitraries.just(new Question.Connection()),
                Combinators.combine(
                                Arbitraries.of(METHODS),
                                Arbitraries.of(URIS).list().ofMaxSize(2))
                        .as((method, uris) -> new Question.Message(Optional.of(method), uris)),
                Arbitraries.of("secret", "open")
                        .map(prompt ->
                                new Question.Message(Optional.of("prompts/get"), List.of(), Optional.of(prompt))),
                Arbitraries.just(new Question.Methods(METHODS)),
                Arbitraries.just(new Question.PromptList(List.of("secret", "open"))),
                Arbitraries.just(new Question.ResourceList(URIS)),
                Arbitraries.of(true, false)
                        .map(hint -> new Question.ToolList(
                                TOOLS.stream().map(tool -> listed(tool, hint)).toList())),
                calls());
    }

    private static Arbitrary<Question> calls() {
        var arguments = Combinators.combine(
                        Arbitraries.of("\"a\"", "\"b\"", "\"d\"", "7"),
                        Arbitraries.of("\"prod\"", "\"test\"", "[\"prod\"]", "null", "1.0", "{}"),
                        Arbitraries.of(URIS))
                .as("{\"actionIdentifier\":%s,\"env\":%s,\"page\":\"%s\",\"list\":[\"x\"]}"::formatted);
        return Combinators.combine(Arbitraries.of(TOOLS), Arbitraries.of(true, false), arguments)
                .as((tool, hint, json) -> new Question.ToolCall("tools/call", listed(tool, hint), json));
    }

    private static ListedTool listed(String tool, boolean hint) {
        return new ListedTool(tool, Optional.of(DEFINITION), Optional.of(hint));
    }
}

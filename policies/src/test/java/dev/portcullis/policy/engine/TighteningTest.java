package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/// The promise of the whole document: order never matters, and one more rule never allows more.
class TighteningTest {
    private static final List<String> TOOLS = List.of("list_entities", "upsert_entity", "delete_entity", "run_action");

    private static final String[] METHODS = {
        "resources/read", "resources/subscribe", "roots/list", "tools/call", "tasks/cancel", "sampling/createMessage"
    };
    private static final String[] URIS = {
        "docs://a",
        "file:///b",
        "https://a.example/x",
        "http://www.b.example",
        "wss://192.0.2.7/",
        "https://user@a.example/",
        "plain"
    };

    @RepeatedTest(12)
    void oneMoreRuleNeverAllowsMoreAndOrderNeverMatters(RepetitionInfo repetition) {
        // Given
        var random = new Random(42L + repetition.getCurrentRepetition());
        var rules = new ArrayList<String>();
        for (var i = 0; i < 4; i++) {
            rules.add("  - {id: r%d%s}".formatted(i, rule(random)));
        }
        var more = new ArrayList<>(rules);
        more.add("  - {id: one-more%s}".formatted(rule(random)));
        var shuffled = new ArrayList<>(rules);
        Collections.shuffle(shuffled, random);
        var fewer = decisionPoint(rules);
        var other = decisionPoint(shuffled);
        var tighter = decisionPoint(more);

        for (var i = 0; i < 60; i++) {
            var input = input(random);

            // When
            var before = fewer.decide(input);
            var after = tighter.decide(input);

            // Then
            assertThat(allowed(other.decide(input))).isEqualTo(allowed(before));
            assertThat(allowed(before)).containsAll(allowed(after));
        }
    }

    /// What a decision permits, as texts that shrink when it tightens.
    private static List<String> allowed(Decision decision) {
        return switch (decision) {
            case Decision.Allow allow -> {
                var texts = new ArrayList<>(allow.visible());
                texts.add("allowed");
                allow.obligations().upstreamReadOnly().filter(on -> !on).ifPresent(off -> texts.add("upstream writes"));
                texts.addAll(
                        allow.obligations().upstreamAllowedActions().orElse(List.of("a", "b", "c", "d", "anything")));
                Collections.sort(texts);
                yield texts;
            }
            case Decision.Deny deny -> List.of();
            case Decision.Undecided undecided -> throw new AssertionError(undecided.reason());
        };
    }

    private static EmbeddedDecisionPoint decisionPoint(List<String> rules) {
        return EmbeddedDecisionPoint.compile(
                Inputs.document("rules:\n" + String.join("\n", rules) + "\n"), 1, List.of(), 1);
    }

    private static String rule(Random random) {
        var text = new StringBuilder(random.nextInt(6) == 0 ? ", mode: observe" : "");
        if (random.nextBoolean()) {
            text.append(", match: ").append(condition(random));
        }
        if (random.nextInt(3) == 0) {
            text.append(", except: ").append(condition(random));
        }
        return text + ", "
                + pick(
                        random,
                        "readOnly: true",
                        "allowedActions: [a, b]",
                        "allowedActions: [b, c]",
                        "allowedActions: []",
                        "allowedTools: ['list_*', run_action]",
                        "deniedTools: ['*_entity']",
                        "allowedNetworks: [203.0.113.0/24]",
                        "allowedDomains: [a.example, '*.b.example']",
                        "allowedDomains: []",
                        "blockedDomains: ['*.example']",
                        "blockedDomains: [a.example, 192.0.2.7]",
                        "deny: true");
    }

    private static String condition(Random random) {
        return pick(
                random,
                "{groups: [developers]}",
                "{groups: ['plat*'], tools: [run_action]}",
                "{tools: ['*_entity']}",
                "{classes: [delete, execute]}",
                "{actions: [a, c]}",
                "{methods: [tools/call]}",
                "{networks: [203.0.113.0/28]}",
                "{methods: ['resources/*', roots/list]}",
                "{uris: ['https://*']}",
                "{uris: ['*a*', 'docs://*'], groups: [developers]}",
                "{methods: [resources/read], uris: ['docs://*']}",
                "{callers: [ada], clients: [cursor]}",
                "{routes: ['port-*']}");
    }

    private static PolicyInput input(Random random) {
        var base = Inputs.ask(question(random));
        var caller = new PolicyInput.CallerFacts(
                Optional.of(pick(random, "ada", "bob")),
                "api_key",
                List.of(pick(random, "developers", "platform", "others")),
                true);
        var client = new PolicyInput.ClientFacts(
                Optional.of(pick(random, "cursor", "codex")),
                Optional.empty(),
                java.net.InetAddress.ofLiteral(
                        pick(random, "203.0.113.3", "203.0.113.99", "192.0.2.1", "2001:db8::1")));
        return new PolicyInput(
                base.exchange(), "acme", base.time(), "port-eu", caller, client, base.wishes(), base.question());
    }

    private static Question question(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> new Question.Connection();
            case 1 -> new Question.Message(Optional.of(pick(random, "initialize", "tasks/cancel")));
            case 2 -> new Question.Message(Optional.of(pick(random, METHODS)), uris(random));
            case 3 -> Inputs.list(TOOLS);
            case 4 -> new Question.Methods(List.of(METHODS));
            default ->
                new Question.ToolCall(
                        "tools/call",
                        ListedTool.unseen(TOOLS.get(random.nextInt(TOOLS.size()))),
                        "{\"actionIdentifier\":\"%s\",\"page\":\"%s\"}"
                                .formatted(pick(random, "a", "b", "c", "d"), pick(random, URIS)));
        };
    }

    private static List<String> uris(Random random) {
        return Stream.generate(() -> pick(random, URIS))
                .limit(random.nextInt(3))
                .toList();
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}

package dev.portcullis.policy.engine;

import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.profile.Profile;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How long a publication and a decision take: run `main` on a quiet machine. Not a test, because a
/// busy machine says nothing.
public final class DecisionBenchmark {
    private static final int DECISIONS = 20_000;

    private DecisionBenchmark() {}

    public static void main(String[] arguments) {
        measure("4 rules", Inputs.document("""
                rules:
                  - {id: reads, readOnly: true, except: {groups: [developers]}}
                  - {id: runs, match: {groups: [developers]}, allowedActions: [deploy_service, create_incident]}
                  - {id: office, allowedNetworks: [203.0.113.0/24, 10.0.0.0/8, "2001:db8::/32"]}
                  - {id: no-delete, deniedTools: ["delete_*"]}
                """));
        var domains = IntStream.range(0, 100).mapToObj(i -> "'*.d%d.example'".formatted(i));
        measure(
                "domains",
                Inputs.document("rules:\n  - {id: blocked, blockedDomains: [%s]}\n"
                        .formatted(domains.collect(Collectors.joining(",")))));
        var many = IntStream.range(0, 200)
                .mapToObj(
                        i -> "  - {id: r%d, match: {groups: [group-%d], tools: [run_action]}, allowedActions: [a%d]}\n"
                                .formatted(i, i, i))
                .collect(Collectors.joining());
        measure("200 rules", Inputs.document("rules:\n" + many));
    }

    private static void measure(String name, PolicyDocument document) {
        var start = System.nanoTime();
        var decisionPoint = EmbeddedDecisionPoint.compile(document, 1, List.of(), 4);
        System.out.printf("%s: publication %d ms%n", name, (System.nanoTime() - start) / 1_000_000);
        questions().forEach((kind, input) -> {
            var times = IntStream.range(0, DECISIONS)
                    .mapToLong(i -> time(decisionPoint, input))
                    .skip(DECISIONS / 2)
                    .sorted()
                    .toArray();
            System.out.printf(
                    "  %-10s p50 %6.1f µs   p99 %6.1f µs%n",
                    kind, times[times.length / 2] / 1e3, times[times.length * 99 / 100] / 1e3);
        });
    }

    private static long time(EmbeddedDecisionPoint decisionPoint, PolicyInput input) {
        var start = System.nanoTime();
        decisionPoint.decide(input);
        return System.nanoTime() - start;
    }

    private static Map<String, PolicyInput> questions() {
        return Map.of(
                "methods",
                        Inputs.ask(new Question.Methods(
                                List.of("sampling/createMessage", "elicitation/create", "roots/list", "tools/call"))),
                "page", Inputs.call("list_entities", "{\"text\":\"" + "word ".repeat(200) + "https://a.b.example/x\"}"),
                "connection", Inputs.ask(new Question.Connection()),
                "call", Inputs.call("run_action", "{\"actionIdentifier\":\"deploy_service\"}"),
                "list of 60",
                        Inputs.ask(Inputs.list(List.copyOf(Profile.load("port").toolNames()))));
    }
}

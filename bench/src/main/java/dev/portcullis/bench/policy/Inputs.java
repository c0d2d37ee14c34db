package dev.portcullis.bench.policy;

import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.PolicyInput.CallerFacts;
import dev.portcullis.policy.PolicyInput.ClientFacts;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.Wishes;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/// Requests of a developer in two groups, with about a kilobyte of arguments.
final class Inputs {
    private static final String ARGUMENTS =
            """
            {"actionIdentifier":"deploy_7","entityIdentifier":"checkout","properties":{"environment":"staging",\
            "version":"2.17.3","notes":"%s","ticket":"https://tickets.acme.example/OPS-1234"},"executionMode":"automatic"}""".formatted("Rolls out what was merged today, see the ticket for the list of changes. ".repeat(8));

    private Inputs() {}

    static PolicyInput call() {
        return ask(new Question.ToolCall("tools/call", ListedTool.unseen("run_action"), ARGUMENTS));
    }

    static PolicyInput connection() {
        return ask(new Question.Connection());
    }

    static PolicyInput list(int tools) {
        return ask(new Question.ToolList(IntStream.range(0, tools)
                .mapToObj(i -> ListedTool.unseen((i % 3 == 0 ? "list_things_" : "upsert_things_") + i))
                .toList()));
    }

    private static PolicyInput ask(Question question) {
        return new PolicyInput(
                new UUID(1, 2),
                "acme",
                Instant.parse("2026-11-26T12:00:00Z"),
                "port-eu",
                new CallerFacts(Optional.of("user-4@acme.example"), "bearer", List.of("developers", "team-7"), true),
                new ClientFacts(Optional.of("cursor"), Optional.of("2.1"), InetAddress.ofLiteral("10.4.0.9")),
                Wishes.none(),
                question);
    }
}

package dev.portcullis.policy.engine;

import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.PolicyInput.CallerFacts;
import dev.portcullis.policy.PolicyInput.ClientFacts;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.Wishes;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReadResult;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Questions and documents for tests.
final class Inputs {
    static final String HEAD = """
            apiVersion: portcullis/v1
            organization: acme
            routes:
              port-eu: {upstream: sandbox, profile: port}
              other: {upstream: sandbox}
            """;

    private Inputs() {}

    static PolicyInput ask(Question question) {
        return new PolicyInput(
                UUID.fromString("01935a6e-0000-7000-8000-000000000001"),
                "acme",
                Instant.parse("2026-11-22T12:00:00Z"),
                "port-eu",
                new CallerFacts(Optional.of("ada"), "api_key", List.of("developers"), true),
                new ClientFacts(Optional.of("cursor"), Optional.of("1.7"), InetAddress.ofLiteral("203.0.113.7")),
                Wishes.none(),
                question);
    }

    static PolicyInput call(String tool, String argumentsJson) {
        return ask(new Question.ToolCall("tools/call", ListedTool.unseen(tool), argumentsJson));
    }

    static Question.ToolList list(List<String> tools) {
        return new Question.ToolList(tools.stream().map(ListedTool::unseen).toList());
    }

    /// A document with the two routes of [#HEAD] and these rules.
    static PolicyDocument document(String rules) {
        return read(HEAD + rules);
    }

    static PolicyDocument read(String text) {
        return switch (DocumentReader.read(text)) {
            case ReadResult.Valid valid -> valid.document();
            case ReadResult.Invalid invalid -> throw new AssertionError(invalid.errors());
        };
    }
}

package dev.portcullis.policy.engine;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.PolicyInput.CallerFacts;
import dev.portcullis.policy.PolicyInput.ClientFacts;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.Wishes;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.profile.Profile;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/// Asks a new decision point one question of every kind about every route, and what was asked lately, so that it is
/// known to answer before anybody depends on it. The first one of a process is asked for half a second, so that the
/// JIT compiler takes notice.
final class WarmUp {
    private static final long FIRST_NANOS = 500_000_000;
    private static final List<String> METHODS =
            List.of("tools/call", "resources/read", "sampling/createMessage", "elicitation/create", "roots/list");
    private static final AtomicBoolean FIRST = new AtomicBoolean(true);

    private final List<PolicyInput> inputs = new ArrayList<>();

    private WarmUp() {}

    static WarmUp of(PolicyDocument document) {
        var warmUp = new WarmUp();
        document.routes().values().forEach(route -> {
            var tools = Profile.load(route.profile()).toolNames().stream()
                    .map(ListedTool::unseen)
                    .toList();
            warmUp.add(document, route.name(), new Question.Connection());
            warmUp.add(document, route.name(), new Question.Message(Optional.of("initialize")));
            warmUp.add(
                    document,
                    route.name(),
                    new Question.Message(Optional.of("resources/read"), List.of("https://warm.example/up")));
            warmUp.add(document, route.name(), new Question.Methods(METHODS));
            warmUp.add(document, route.name(), new Question.PromptList(List.of("warm-up")));
            warmUp.add(document, route.name(), new Question.ResourceList(List.of("https://warm.example/up")));
            warmUp.add(document, route.name(), new Question.ToolList(tools));
            warmUp.add(
                    document,
                    route.name(),
                    new Question.ToolCall(
                            "tools/call",
                            ListedTool.unseen("run_action"),
                            "{\"actionIdentifier\":\"warm_up\",\"page\":\"https://warm.example/up\"}"));
        });
        return warmUp;
    }

    /// Adds questions that somebody has really asked.
    WarmUp with(List<PolicyInput> recorded) {
        inputs.addAll(recorded);
        return this;
    }

    List<PolicyInput> inputs() {
        return List.copyOf(inputs);
    }

    void run(EmbeddedDecisionPoint decisionPoint) {
        var end = System.nanoTime() + (FIRST.getAndSet(false) ? FIRST_NANOS : 0);
        do {
            inputs.forEach(input -> ask(decisionPoint, input));
        } while (System.nanoTime() < end && !inputs.isEmpty());
    }

    private static void ask(EmbeddedDecisionPoint decisionPoint, PolicyInput input) {
        if (decisionPoint.decide(input).value() instanceof Decision.Undecided undecided) {
            throw new IllegalStateException("the policy does not answer: " + undecided.reason());
        }
    }

    private void add(PolicyDocument document, String route, Question question) {
        inputs.add(new PolicyInput(
                new UUID(0, 0),
                document.organization(),
                Instant.EPOCH,
                route,
                CallerFacts.anonymous(),
                new ClientFacts(Optional.of("warm-up"), Optional.empty(), InetAddress.getLoopbackAddress()),
                Wishes.none(),
                question));
    }
}

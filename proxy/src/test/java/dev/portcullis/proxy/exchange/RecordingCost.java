package dev.portcullis.proxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Keeping;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.PolicyInput.CallerFacts;
import dev.portcullis.policy.PolicyInput.ClientFacts;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.ValueDigests;
import dev.portcullis.policy.Wishes;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.recorded.FactsWriter;
import dev.portcullis.proxy.http.ShownCredential;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// What it costs to keep the facts of a call, beside redacting its arguments, as docs/replay.md tells.
class RecordingCost {
    private static final String PLAIN =
            "{\"actionIdentifier\":\"deploy\",\"properties\":{\"environment\":\"prod\",\"service\":\"checkout\",\"url\":\"https://a.example/x\"}}";
    private static final String HIDING = PLAIN.replace("checkout", "ghp_abcdefghijklmnop1234");
    private static final int ROUNDS = 200_000;

    private final AskedFacts asked = new AskedFacts(new ValueDigests(new byte[32]));
    private final PolicyDocument document = new PolicyDocument("acme", Map.of(), List.of(), Map.of());
    private final ShownCredential shown = new ShownCredential(Optional.of("abcdefghijkl"));

    @Test
    void factsCostMicroseconds() {
        for (var arguments : List.of(PLAIN, HIDING)) {
            var input = input(arguments);
            var usual = Optional.of(Keeping.USUAL);
            var redaction = micros(() -> asked.arguments(arguments, shown, usual));
            var facts = micros(
                    () -> asked.facts(document, input, Optional.of(asked.arguments(arguments, shown, usual)), shown));
            var recorded = asked.facts(document, input, Optional.of(asked.arguments(arguments, shown, usual)), shown);
            var writing = micros(() -> FactsWriter.write(recorded));
            LoggerFactory.getLogger(RecordingCost.class)
                    .info("redaction {} us, with facts {} us, writing them {} us", redaction, facts, writing);
            assertThat(facts - redaction).isLessThan(50);
        }
    }

    private static double micros(Supplier<?> work) {
        var best = Double.MAX_VALUE;
        for (var round = 0; round < 5; round++) {
            var begin = System.nanoTime();
            for (var i = 0; i < ROUNDS / 5; i++) {
                if (work.get() == null) {
                    throw new AssertionError();
                }
            }
            best = Math.min(best, (System.nanoTime() - begin) / 1_000.0 / (ROUNDS / 5));
        }
        return best;
    }

    private static PolicyInput input(String arguments) {
        return new PolicyInput(
                new UUID(0, 1),
                "acme",
                Instant.EPOCH,
                "port-eu",
                CallerFacts.anonymous(),
                new ClientFacts(Optional.of("cursor"), Optional.empty(), InetAddress.getLoopbackAddress()),
                Wishes.none(),
                new Question.ToolCall("tools/call", ListedTool.unseen("run_action"), arguments));
    }
}

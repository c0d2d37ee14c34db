package dev.portcullis.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Eventual;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.Wishes;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReadResult;
import dev.portcullis.proxy.sync.PolicyCompiler;
import dev.portcullis.proxy.sync.PolicySnapshot;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

class ConnectionAnswersTest {
    private static final Instant MORNING = Instant.parse("2026-11-26T09:00:00Z");
    private static final Instant EVENING = Instant.parse("2026-11-26T19:00:00Z");
    private static final PolicyDocument CONTRACTORS_STOP_AT_SIX = document("""
            apiVersion: portcullis/v1
            organization: acme
            routes:
              port-eu: {upstream: sandbox, profile: port, authentication: gateway}
            rules:
              - id: hours
                match: {groups: [contractors], time: {days: [thu], from: "18:00", to: "24:00", zone: UTC}}
                deny: true
            """);

    private final List<PolicyInput> asked = new ArrayList<>();

    @Test
    void connectionsThatAreAlikeAreAskedAboutOnce() {
        // Given
        var answers = answers(EVENING);

        // When
        var first = answers.about(connection("10.0.0.1", "contractors", MORNING));
        var second = answers.about(connection("10.0.0.1", "contractors", MORNING.plusSeconds(1)));

        // Then
        assertThat(first.orElseThrow()).isInstanceOf(Decision.Deny.class);
        assertThat(second).isEqualTo(first);
        assertThat(asked).hasSize(1);
    }

    @Test
    void connectionsThatDifferAreAskedAboutThemselves() {
        // Given
        var answers = answers(EVENING);

        // When
        var contractor = answers.about(connection("10.0.0.1", "contractors", MORNING));
        var colleague = answers.about(connection("10.0.0.1", "staff", MORNING));
        var elsewhere = answers.about(connection("10.0.0.2", "staff", MORNING));

        // Then
        assertThat(contractor.orElseThrow()).isInstanceOf(Decision.Deny.class);
        assertThat(colleague.orElseThrow()).isInstanceOf(Decision.Allow.class);
        assertThat(elsewhere.orElseThrow()).isInstanceOf(Decision.Allow.class);
        assertThat(asked).hasSize(3);
    }

    @Test
    void ruleOfHoursIsAskedForTheHourThatItIs() {
        // Given
        var begunInTheEvening = connection("10.0.0.1", "contractors", EVENING);

        // When
        var nextMorning = answers(MORNING).about(begunInTheEvening);

        // Then
        assertThat(nextMorning.orElseThrow()).isInstanceOf(Decision.Allow.class);
    }

    private ConnectionAnswers answers(Instant now) {
        var engine = PolicyCompiler.embedded(1).compile(CONTRACTORS_STOP_AT_SIX, 1, List.of());
        var policy = new PolicySnapshot(1, CONTRACTORS_STOP_AT_SIX, List.of(), input -> {
            asked.add(input);
            return new Eventual.Now<>(engine.decideHere(input).orElseThrow());
        });
        return new ConnectionAnswers(policy, now);
    }

    private static PolicyInput connection(String address, String group, Instant began) {
        return new PolicyInput(
                UUID.randomUUID(),
                "acme",
                began,
                "port-eu",
                new PolicyInput.CallerFacts(Optional.of("key:ci"), "api_key", List.of(group), true),
                new PolicyInput.ClientFacts(Optional.empty(), Optional.empty(), InetAddress.ofLiteral(address)),
                Wishes.none(),
                new Question.Connection());
    }

    private static PolicyDocument document(String yaml) {
        return switch (DocumentReader.read(yaml)) {
            case ReadResult.Valid valid -> valid.document();
            case ReadResult.Invalid invalid -> throw new IllegalStateException(invalid.toString());
        };
    }
}

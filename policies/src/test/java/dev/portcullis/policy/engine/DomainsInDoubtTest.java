package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Decision;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A URL that can be read in more than one way is refused, and people are told which.
@Tag("slow")
class DomainsInDoubtTest {
    private static final String DOUBTFUL = "{\"to\":\"https://ada:secret@x.org/token\"}";

    @ParameterizedTest
    @ValueSource(strings = {"allowedDomains: [x.org]", "blockedDomains: [y.org]"})
    void refusalSaysThatItIsInDoubt(String restriction) {
        // Given
        var point = point("rules: [{id: a, " + restriction + "}]\n");

        // Then
        assertThat(decide(point, DOUBTFUL)).isInstanceOfSatisfying(Decision.Deny.class, deny -> {
            assertThat(deny.domainsInDoubt()).isTrue();
            assertThat(deny.rules()).containsExactly("a");
        });
    }

    @Test
    void refusalOfWhatIsCertainSaysNothingOfTheKind() {
        // Given
        var point = point("rules: [{id: a, blockedDomains: [x.org]}, {id: b, readOnly: true}]\n");

        // Then
        assertThat(decide(point, "{\"to\":\"https://x.org/\"}"))
                .isInstanceOfSatisfying(
                        Decision.Deny.class,
                        deny -> assertThat(deny.domainsInDoubt()).isFalse());
    }

    @Test
    void explanationNamesWhatIsInDoubtWithoutSecrets() {
        // Given
        var point = point("rules: [{id: a, allowedDomains: [x.org]}]\n");

        // When
        var explanation = point.explain(Inputs.call("list_entities", DOUBTFUL));

        // Then
        assertThat(explanation.rules().getFirst().because()).containsExactly("in doubt: https://…@x.org");
    }

    @Test
    void hundredThousandDomainsAreListedAtOnce() {
        // Given
        var domains = IntStream.range(0, 100_000)
                .mapToObj(i -> "d%d.example".formatted(i))
                .collect(Collectors.joining(","));
        var point = point("rules: [{id: a, blockedDomains: [" + domains + "]}]\n");

        // When
        var begun = System.nanoTime();
        for (var i = 0; i < 100; i++) {
            assertThat(decide(point, "{\"to\":\"https://d99999.example/\"}")).isInstanceOf(Decision.Deny.class);
            assertThat(decide(point, "{\"to\":\"https://d100000.example/\"}")).isInstanceOf(Decision.Allow.class);
        }

        // Then
        assertThat((System.nanoTime() - begun) / 200_000)
                .as("microseconds for each decision")
                .isLessThan(20_000);
    }

    private static EmbeddedDecisionPoint point(String rules) {
        return EmbeddedDecisionPoint.compile(Inputs.document(rules), 1, List.of(), 1);
    }

    private static Decision decide(EmbeddedDecisionPoint point, String arguments) {
        return point.decide(Inputs.call("list_entities", arguments)).value();
    }
}

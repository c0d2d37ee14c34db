package dev.portcullis.policy.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Decision.Denial;
import dev.portcullis.policy.KeptArguments.Reading;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.recorded.Reconstruction.Answer;
import dev.portcullis.policy.recorded.RecordedFacts.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/// What records tell of the question, and what can be answered to that.
class ReconstructionTest {
    private static final Decision ALLOW =
            new Decision.Allow(1, new Decision.Obligations(Optional.empty(), Optional.empty()), Set.of(), List.of());
    private static final Decision DENY =
            new Decision.Deny(1, List.of(new Denial("r", "deny", Optional.empty())), List.of());
    private static final Decision UNDECIDED = new Decision.Undecided(1, "no answer");
    private static final String HIDING =
            "{\"subject\": \"tool_call\", \"arguments\": {\"hidden\": [{\"at\": \"/a\", \"kind\": \"string\"}]}}";

    @Test
    void messageIsReconstructedAsItWas() {
        // When
        var found = recorded("{\"subject\": \"message\", \"uris\": [\"a:b\"], \"prompt\": \"p\"}")
                .reconstruct(Optional.empty());

        // Then
        assertThat(found).isInstanceOfSatisfying(Reconstruction.Exact.class, exact -> {
            assertThat(exact.input().question())
                    .isEqualTo(new Question.Message(Optional.of("tools/call"), List.of("a:b"), Optional.of("p")));
            assertThat(exact.input().route()).isEqualTo("port-eu");
            assertThat(exact.input().organization()).isEqualTo("acme");
            assertThat(exact.input().caller())
                    .isEqualTo(new PolicyInput.CallerFacts(Optional.of("ada"), "api_key", List.of("developers"), true));
            assertThat(exact.input().client().name()).contains("cursor");
        });
    }

    @Test
    void callThatHidesArgumentsHasTwoReadings() {
        assertThat(recorded(HIDING).reconstruct(Optional.empty()))
                .isInstanceOfSatisfying(Reconstruction.TwoReadings.class, readings -> {
                    assertThat(reading(readings.lenient())).isEqualTo(Reading.LENIENT);
                    assertThat(reading(readings.strict())).isEqualTo(Reading.STRICT);
                });
        assertThat(recorded("{\"subject\": \"tool_call\"}").reconstruct(Optional.empty()))
                .isInstanceOf(Reconstruction.Exact.class);
    }

    @Test
    void callerWithoutASubjectIsAnonymous() {
        var record = record(
                Optional.of("port-eu"), Optional.of("x"), "anonymous", Optional.of("{\"subject\": \"connection\"}"));

        assertThat(record.reconstruct(Optional.empty())).isInstanceOfSatisfying(Reconstruction.Exact.class, exact -> {
            assertThat(exact.input().caller().subject()).isEmpty();
            assertThat(exact.input().question()).isEqualTo(new Question.Connection());
        });
    }

    @Test
    void whatCameLaterIsNotGuessed() {
        var later = recorded("{\"subject\": \"later\"}").reconstruct(Optional.empty());

        assertThat(later).isEqualTo(new Reconstruction.Later());
        assertThat(unknown(later.ask(input -> ALLOW))).contains("came later");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"subject": "message", "altered": ["uris", "caller"]} | hides a part of the question: caller, uris
            {"subject": "no_such"}                                | cannot be understood
                                                                  | from before such facts were kept
            """)
    void recordThatSaysTooLittleIsNotAsked(String facts, String reason) {
        var found = record(Optional.of("port-eu"), Optional.of("x"), "ada", Optional.ofNullable(facts))
                .reconstruct(Optional.empty());

        assertThat(unknown(found.ask(input -> {
                    throw new AssertionError("asked");
                })))
                .contains(reason);
    }

    @Test
    void recordWithoutRouteOrToolIsNotComplete() {
        assertThat(record(Optional.empty(), Optional.of("x"), "ada", Optional.of("{\"subject\": \"message\"}"))
                        .reconstruct(Optional.empty()))
                .isEqualTo(new Reconstruction.Impossible("the record is not complete"));
        assertThat(record(Optional.of("port-eu"), Optional.empty(), "ada", Optional.of(HIDING))
                        .reconstruct(Optional.empty()))
                .isEqualTo(new Reconstruction.Impossible("the record is not complete"));
    }

    @Test
    void answerIsGivenOnlyWhereBothReadingsAgree() {
        var hidden = recorded(HIDING).reconstruct(Optional.empty());

        assertThat(hidden.ask(input -> ALLOW)).isEqualTo(new Answer.Decided(ALLOW));
        assertThat(hidden.ask(input -> DENY)).isEqualTo(new Answer.Decided(DENY));
        assertThat(unknown(hidden.ask(input -> reading(input) == Reading.LENIENT ? ALLOW : DENY)))
                .isEqualTo("it depends on arguments that the record hides: r");
        assertThat(unknown(hidden.ask(input -> reading(input) == Reading.LENIENT ? ALLOW : UNDECIDED)))
                .isEqualTo("no answer");
        assertThat(unknown(hidden.ask(input -> UNDECIDED))).isEqualTo("no answer");
    }

    @Test
    void exactQuestionIsAnsweredAsItIs() {
        var exact = recorded("{\"subject\": \"tool_call\"}").reconstruct(Optional.empty());

        assertThat(exact.ask(input -> DENY)).isEqualTo(new Answer.Decided(DENY));
        assertThat(unknown(exact.ask(input -> UNDECIDED))).isEqualTo("no answer");
    }

    @Test
    void partsThatAreNotThereAreAdded() {
        // Given
        var facts = FactsReader.read(
                        "{\"subject\": \"message\", \"altered\": [\"tool\"]}", Optional.empty(), Optional.empty())
                .orElseThrow();

        // Then
        assertThat(facts.withAltered(Set.of()).altered()).containsExactly(Part.TOOL);
        assertThat(facts.withAltered(Set.of(Part.URIS)).altered()).containsExactlyInAnyOrder(Part.TOOL, Part.URIS);
        assertThat(facts.withAltered(Set.of(Part.URIS)).subject()).isEqualTo(facts.subject());
    }

    private static String unknown(Answer answer) {
        return answer instanceof Answer.Unknown(var reason) ? reason : answer.toString();
    }

    private static Reading reading(PolicyInput input) {
        return ((Question.RecordedCall) input.question()).reading();
    }

    private static RecordedExchange recorded(String facts) {
        return record(Optional.of("port-eu"), Optional.of("run_action"), "ada", Optional.of(facts));
    }

    private static RecordedExchange record(
            Optional<String> route, Optional<String> tool, String caller, Optional<String> facts) {
        return new RecordedExchange(
                UUID.fromString("00000000-0000-0000-0000-00000000000a"),
                Instant.parse("2026-11-22T12:00:00Z"),
                Optional.of("acme"),
                route,
                Optional.of("tools/call"),
                tool,
                Optional.of(caller),
                Optional.of("api_key"),
                List.of("developers"),
                true,
                Optional.of("cursor"),
                Optional.empty(),
                Optional.of(InetAddress.getLoopbackAddress()),
                "allowed",
                List.of(),
                OptionalLong.of(1),
                Optional.of("{\"a\": \"[redacted]\"}"),
                facts);
    }
}

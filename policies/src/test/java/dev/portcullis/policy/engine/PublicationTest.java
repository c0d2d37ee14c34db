package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Question;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.List;

@Tag("slow")
class PublicationTest {

    @Test
    void validDocumentIsReadyToBePutInForce() throws PublicationException {
        // Given
        var text = Inputs.HEAD + "rules: [{id: a, deny: true}, {id: b, match: {groups: []}, deny: true}]\n";

        // When
        var publication = Publication.prepare(text, 9, List.of(), 1);

        // Then
        assertThat(publication.decisionPoint().version()).isEqualTo(9);
        assertThat(publication.warnings()).isNotEmpty();
        assertThat(publication
                        .decisionPoint()
                        .decide(Inputs.ask(new Question.Connection()))
                        .value())
                .isInstanceOf(Decision.Deny.class);
    }

    @Test
    void invalidDocumentSaysAllThatIsWrong() {
        assertThatThrownBy(() -> Publication.prepare("organization: 7\nrules: [{id: a}]\n", 9, List.of(), 1))
                .isInstanceOfSatisfying(
                        PublicationException.class,
                        e -> assertThat(e.problems()).hasSize(3))
                .hasMessageContaining("version 9")
                .hasMessageContaining("line 2: /rules/0: no restriction");
    }

    @Test
    void emptyPoolIsUndecided() throws PublicationException {
        // Given
        var publication = Publication.prepare(Inputs.HEAD, 9, List.of(), 1);
        var question = Inputs.ask(new Question.Connection());

        // When
        var decision = publication
                .decisionPoint()
                .withoutEvaluators(
                        () -> publication.decisionPoint().decide(question).value());

        // Then
        assertThat(decision).isEqualTo(new Decision.Undecided(9, "every evaluator is busy"));
        assertThat(publication.decisionPoint().decide(question).value()).isInstanceOf(Decision.Allow.class);
    }
}

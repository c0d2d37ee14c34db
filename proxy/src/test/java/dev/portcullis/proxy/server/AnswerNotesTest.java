package dev.portcullis.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.proxy.exchange.Filtered;
import dev.portcullis.proxy.mcp.Answered;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

class AnswerNotesTest {
    private final AnswerNotes notes = new AnswerNotes(true);

    @Test
    void answerWithoutListHidesNothingAndSaysNothing() {
        notes.passes("{}", new Filtered.Unchanged(Optional.empty()));
        assertThat(notes.kept().hidden()).isEmpty();
    }

    @Test
    void listThatHidesNothingIsKnownAsOne() {
        notes.passes("{}", list(List.of()));
        assertThat(notes.kept().hidden()).contains(List.of());
    }

    @Test
    void pagesAddUp() {
        notes.passes("{}", list(List.of("a")));
        notes.passes("{}", list(List.of("b")));
        assertThat(notes.kept().hidden()).contains(List.of("a", "b"));
    }

    @Test
    void namesBeyondTheBoundAreCounted() {
        // Given
        var names = IntStream.range(0, AnswerNotes.MOST_NAMES)
                .mapToObj(i -> "tool-" + i)
                .toList();
        notes.passes("{}", list(names));

        // When
        notes.passes("{}", list(List.of("x", "y")));
        notes.passes("{}", list(List.of("z")));

        // Then
        var kept = notes.kept().hidden().orElseThrow();
        assertThat(kept).hasSize(AnswerNotes.MOST_NAMES + 1).startsWith("tool-0");
        assertThat(kept.getLast()).isEqualTo("and 3 more");
    }

    @Test
    void longNameIsCut() {
        notes.passes("{}", list(List.of("x".repeat(100_000))));
        assertThat(notes.kept().hidden().orElseThrow().getFirst()).hasSize(2_048);
    }

    @Test
    void resultIsKeptAsTheClientGotItWhereARuleAsksForIt() {
        // Given
        var message = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"n\":1.50}}";
        var unasked = new AnswerNotes(false);

        // When
        notes.passes(message, new Filtered.Unchanged(Optional.of(Answered.RESULT)));
        unasked.passes(message, new Filtered.Unchanged(Optional.of(Answered.RESULT)));

        // Then
        assertThat(notes.kept().result()).contains("{\"n\":1.50}");
        assertThat(unasked.kept().result()).isEmpty();
    }

    @Test
    void otherMessagesAndErrorsAreNoResult() {
        notes.passes("{\"method\":\"x\"}", new Filtered.Unchanged(Optional.empty()));
        notes.passes("{\"error\":{}}", new Filtered.Unchanged(Optional.of(Answered.PROTOCOL_ERROR)));
        assertThat(notes.kept().result()).isEmpty();
    }

    @Test
    void resultThatStreamsUnseenIsMarked() {
        notes.passesUnseen();
        assertThat(notes.kept().result().orElseThrow()).contains("omitted");
    }

    private static Filtered list(List<String> hidden) {
        return new Filtered.Replaced("{}", Optional.empty(), Optional.of(hidden));
    }
}

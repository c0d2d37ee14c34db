package dev.portcullis.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.policy.document.KnownNames;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReadResult;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Set;

class ReadDocumentsTest {
    private final ReadDocuments documents = new ReadDocuments();

    @Test
    void textIsReadOnce() {
        // Given
        var first = document(documents.read(text(0)));

        // When
        var again = document(documents.read(text(0)));

        // Then
        assertThat(again).isSameAs(first);
        assertThat(document(documents.read(text(0), KnownNames.NONE))).isSameAs(first);
        assertThat(document(documents.read(text(1)))).isNotEqualTo(first);
    }

    @Test
    void newNamesBringOtherWarnings() {
        // Given
        var text = text(0) + "  - {id: misspelt, match: {tools: [list_servces]}, deny: true, message: no}\n";
        var before = documents.read(text, KnownNames.NONE);

        // When
        var after = documents.read(
                text, new KnownNames(Map.of("port-eu", Set.of("list_servces")), Map.of(), Set.of(), Set.of()));

        // Then
        assertThat(((ReadResult.Valid) before).warnings()).isNotEmpty();
        assertThat(((ReadResult.Valid) after).warnings()).isEmpty();
    }

    @Test
    void onlyTheLatestTextsAreRemembered() {
        // Given
        var first = document(documents.read(text(0)));

        // When
        for (var number = 1; number <= ReadDocuments.MOST; number++) {
            documents.read(text(number));
        }

        // Then
        assertThat(document(documents.read(text(0)))).isNotSameAs(first).isEqualTo(first);
    }

    private static String text(int number) {
        return RunningConsole.DOCUMENT.formatted("message " + number);
    }

    private static PolicyDocument document(ReadResult result) {
        return ((ReadResult.Valid) result).document();
    }
}
